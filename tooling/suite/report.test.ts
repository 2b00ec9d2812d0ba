import { describe, expect, test } from 'vitest'
import { parsePlaywrightReport, parseVitestReport } from './report.ts'

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((one) => ({ status: one })),
})

describe('a Vitest report', () => {
  test('separates passed, failed and unrun tests', () => {
    const text = JSON.stringify({
      testResults: [
        file('passed', 'passed', 'skipped', 'todo', 'pending'),
        file('failed', 'passed', 'failed'),
      ],
    })
    expect(parseVitestReport(text)).toEqual({ passed: 2, failed: 1, unrun: 3, brokenFiles: 0 })
  })

  test('counts a file that failed before its first test', () => {
    const text = JSON.stringify({ testResults: [file('failed'), file('passed', 'passed')] })
    expect(parseVitestReport(text)).toEqual({ passed: 1, failed: 0, unrun: 0, brokenFiles: 1 })
  })
})

describe('a Playwright report', () => {
  test('counts flaky tests as failed and skipped ones as unrun', () => {
    const text = JSON.stringify({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] })
    expect(parsePlaywrightReport(text)).toEqual({ passed: 4, failed: 2, unrun: 2, brokenFiles: 0 })
  })

  test('counts errors outside of tests once', () => {
    const text = JSON.stringify({
      stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
      errors: [{}, {}],
    })
    expect(parsePlaywrightReport(text)).toEqual({ passed: 0, failed: 0, unrun: 0, brokenFiles: 1 })
  })
})

test.each(['', 'null', '[]', '{', '{"testResults":3}', '{"stats":null}'])('`%s` is no report', (text) => {
  expect(parseVitestReport(text)).toBeNull()
  expect(parsePlaywrightReport(text)).toBeNull()
})
