import { createManualClock } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createRecordingLog } from '../../fixtures/test-place.ts'
import { createLineLimit } from './line-limit.ts'

test('LM6 beyond its rate lines are left out, and the next one says how many', () => {
  const clock = createManualClock()
  const log = createRecordingLog()
  const lines = createLineLimit({ clock, log, rate: { perSecond: 1, burst: 3 } })
  for (let n = 1; n <= 8; n += 1) lines.warn(`line ${n}`)
  clock.advance(1000)
  lines.warn('line 9')
  clock.advance(1000)
  lines.warn('line 10')
  expect(log.lines).toEqual(['line 1', 'line 2', 'line 3', 'line 9 (5 similar lines left out)', 'line 10'])
})
