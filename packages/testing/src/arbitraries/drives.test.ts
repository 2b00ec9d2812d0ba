import { Folder } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { garden, plots } from '../../fixtures/garden-game.ts'
import type { TrialStep } from '../trial/trial.ts'
import { converge } from './converge.ts'
import { drive } from './drives.ts'

const drives = drive(garden, plots)

test('TA18 a drive writes one thing again and again, and often cuts a line that takes less than that', () => {
  const kindsOf = (steps: readonly TrialStep[]): ReadonlySet<string> => new Set(steps.map(({ kind }) => kind))
  const made = drives === null ? [] : fc.sample(drives, { seed: 1, numRuns: 100 })
  expect(made.every((steps) => steps.filter(({ kind }) => kind === 'set').length >= 6)).toBe(true)
  const cut = made.map(kindsOf).filter((kinds) => kinds.has('network') && kinds.has('cut'))
  expect(cut.length).toBeGreaterThan(30)
})

test('TA18 TA20 trials so tell much in steps, leave out much, and write over much', async () => {
  const sums = { shifts: 0, skipping: 0, resumed: 0, overwrites: 0 }
  await converge({
    definition: garden,
    classes: plots.classes,
    seed: 1,
    runs: 20,
    onRun({ shifts, skipping, resumed, overwrites }) {
      sums.shifts += shifts
      sums.skipping += skipping
      sums.resumed += resumed
      sums.overwrites += overwrites
    },
  })
  expect(sums.shifts).toBeGreaterThan(100)
  expect(sums.skipping).toBeGreaterThan(100)
  expect(sums.resumed).toBeGreaterThan(5)
  expect(sums.overwrites).toBeGreaterThan(5)
})

test('TA18 nothing is driven where nothing may skip or is told in steps, or where nobody plays', () => {
  const game = defineGame({})
  expect(drive(game, { classes: [Folder], players: ['ana'] })).toBeNull()
  expect(drive(garden, { classes: plots.classes })).toBeNull()
})
