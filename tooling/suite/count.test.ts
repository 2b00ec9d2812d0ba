import { describe, expect, test } from 'vitest'
import type { Outcome } from '../command.js'
import { countCheck, countRunner, sumCounts } from './count.ts'
import type { Report } from './report.ts'

const clean: Outcome = { exitCode: 0, timedOut: false, interrupted: false, problem: null }
const red: Outcome = { ...clean, exitCode: 1 }
const killed: Outcome = { ...clean, exitCode: null, problem: 'ended by SIGKILL' }
const late: Outcome = { ...clean, exitCode: null, timedOut: true, problem: 'ended by SIGTERM' }
const report = (part: Partial<Report>): Report => ({
  passed: 0,
  failed: 0,
  unrun: 0,
  brokenFiles: 0,
  ...part,
})

describe('a plain check counts as one', () => {
  test.each([
    ['that succeeds', clean, { passed: 1, failed: 0, note: null }],
    ['that fails', red, { passed: 0, failed: 1, note: 'exit code 1' }],
    ['that is killed', killed, { passed: 0, failed: 1, note: 'ended by SIGKILL' }],
    ['that takes too long', late, { passed: 0, failed: 1, note: 'timed out' }],
  ] as const)('%s', (_, outcome, count) => {
    expect(countCheck(outcome)).toEqual(count)
  })
})

describe('a runner counts by its report', () => {
  test.each([
    ['all passed', clean, report({ passed: 7 }), { passed: 7, failed: 0, note: null }],
    ['some failed', red, report({ passed: 5, failed: 2 }), { passed: 5, failed: 2, note: '2 failed' }],
    [
      'skipped tests count as failed',
      clean,
      report({ passed: 5, unrun: 1 }),
      { passed: 5, failed: 1, note: '1 skipped' },
    ],
    [
      'a file that cannot be loaded counts as failed',
      red,
      report({ passed: 5, brokenFiles: 1 }),
      { passed: 5, failed: 1, note: '1 broken outside of tests' },
    ],
    ['a crash without a report', killed, null, { passed: 0, failed: 1, note: 'no report: ended by SIGKILL' }],
    [
      'a clean end without a report',
      clean,
      null,
      { passed: 0, failed: 1, note: 'no report: it ended early' },
    ],
    ['no tests at all', clean, report({}), { passed: 0, failed: 1, note: 'ran no tests' }],
    ['no tests and an error', red, report({}), { passed: 0, failed: 1, note: 'exit code 1' }],
    [
      'an error although every test passed',
      red,
      report({ passed: 7 }),
      { passed: 7, failed: 1, note: 'exit code 1' },
    ],
    ['a time-out after some tests', late, report({ passed: 3 }), { passed: 3, failed: 1, note: 'timed out' }],
    [
      'a time-out beside a failure',
      late,
      report({ passed: 3, failed: 1 }),
      { passed: 3, failed: 2, note: '1 failed, timed out' },
    ],
  ] as const)('%s', (_, outcome, parsed, count) => {
    expect(countRunner(outcome, parsed)).toEqual(count)
  })
})

test('steps add up', () => {
  expect(
    sumCounts([countCheck(clean), countRunner(red, report({ passed: 2, failed: 3 })), countCheck(red)]),
  ).toEqual({
    passed: 3,
    failed: 4,
  })
})
