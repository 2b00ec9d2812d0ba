import { Buffer } from 'node:buffer'

/** A test as Playwright's JSON reporter tells of it. */
export interface ReportedTest {
  readonly status: string
  readonly errors: readonly string[]
  /** Bodies by name; empty for those that are files. */
  readonly attachments: ReadonlyMap<string, string>
}

interface Suite {
  readonly suites?: readonly Suite[]
  readonly specs?: readonly { readonly tests: readonly { readonly results: readonly Result[] }[] }[]
}

interface Result {
  readonly status: string
  readonly errors: readonly { readonly message?: string }[]
  readonly attachments: readonly { readonly name: string; readonly body?: string }[]
}

/** Every run of every test in a JSON report. */
export function reportedTests(report: string): readonly ReportedTest[] {
  return resultsIn(JSON.parse(report) as Suite).map(({ status, errors, attachments }) => ({
    status,
    errors: errors.map(({ message = '' }) => message),
    attachments: new Map(
      attachments.map(({ name, body = '' }) => [name, Buffer.from(body, 'base64').toString()]),
    ),
  }))
}

function resultsIn({ suites = [], specs = [] }: Suite): readonly Result[] {
  const own = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results))
  return [...own, ...suites.flatMap(resultsIn)]
}
