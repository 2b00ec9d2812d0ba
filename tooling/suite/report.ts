/** A runner's result in the terms that counting needs. */
export interface Report {
  readonly passed: number
  readonly failed: number
  /** Skipped, marked as to do, or never reached. */
  readonly unrun: number
  /** Files or hooks that failed where no single test did, for example an import that throws. */
  readonly brokenFiles: number
}

interface VitestReport {
  testResults: readonly {
    status: string
    assertionResults: readonly { status: string }[]
  }[]
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: readonly unknown[]
}

/** Reads the output of Vitest's JSON reporter; null when it is not one. */
export function parseVitestReport(text: string): Report | null {
  const report = parseObject(text)
  if (report === null || !Array.isArray(report['testResults'])) return null
  const { testResults } = report as unknown as VitestReport
  const statuses = testResults.flatMap((file) => file.assertionResults.map(({ status }) => status))
  const passed = statuses.filter((status) => status === 'passed').length
  const failed = statuses.filter((status) => status === 'failed').length
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  return { passed, failed, unrun: statuses.length - passed - failed, brokenFiles }
}

/** Reads the output of Playwright's JSON reporter; null when it is not one. A flaky test has failed once and counts so. */
export function parsePlaywrightReport(text: string): Report | null {
  const report = parseObject(text)
  if (report === null || typeof report['stats'] !== 'object' || report['stats'] === null) return null
  const { stats, errors } = report as unknown as PlaywrightReport
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    unrun: stats.skipped,
    brokenFiles: errors.length > 0 ? 1 : 0,
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
