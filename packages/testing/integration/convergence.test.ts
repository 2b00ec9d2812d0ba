import { test } from 'vitest'
import { Folder, ObjectValue } from '@banyan/datamodel'
import { converge } from '../src/arbitraries/converge.ts'
import { garden, Plant } from '../fixtures/garden-game.ts'

test('R1', async () => {
  const sums: Record<string, number> = {}
  const t0 = process.hrtime.bigint()
  try {
  await converge({ runs: 1000, seed: 1, definition: garden, classes: [Plant, Folder, ObjectValue], onRun: (report) => { for (const [k, v] of Object.entries(report)) sums[k] = (sums[k] ?? 0) + v } })
  } finally { console.log('TOOK', Number(process.hrtime.bigint() - t0) / 1e6, sums) }
})
