import type { Outcome } from '../command.js'
import type { Report } from './report.ts'

/** What a step adds to the totals; `note` is null when everything passed as it should. */
export interface Count {
  readonly passed: number
  readonly failed: number
  readonly note: string | null
}

/** A check without tests of its own counts as one. */
export function countCheck(outcome: Outcome): Count {
  const fault = outcomeFault(outcome)
  return fault === null ? { passed: 1, failed: 0, note: null } : { passed: 0, failed: 1, note: fault }
}

/**
 * Counts a runner by its report. Tests that did not run count as failed; a runner that crashed, timed out, ran
 * nothing, or failed although no test did, adds one failure of its own.
 */
export function countRunner(outcome: Outcome, report: Report | null): Count {
  if (report === null)
    return { passed: 0, failed: 1, note: `no report: ${outcomeFault(outcome) ?? 'it ended early'}` }
  const { passed, failed, unrun, brokenFiles } = report
  const notes: string[] = []
  let total = failed + unrun + brokenFiles
  if (unrun > 0) notes.push(`${unrun} skipped`)
  if (brokenFiles > 0) notes.push(`${brokenFiles} broken outside of tests`)
  const fault = outcomeFault(outcome)
  if (fault !== null && (total === 0 || outcome.timedOut)) {
    total += 1
    notes.push(fault)
  } else if (passed + total === 0) {
    total += 1
    notes.push('ran no tests')
  }
  if (failed > 0) notes.unshift(`${failed} failed`)
  return { passed, failed: total, note: notes.length === 0 ? null : notes.join(', ') }
}

/** The sum of all steps. */
export function sumCounts(counts: readonly Count[]): { passed: number; failed: number } {
  return {
    passed: counts.reduce((sum, count) => sum + count.passed, 0),
    failed: counts.reduce((sum, count) => sum + count.failed, 0),
  }
}

function outcomeFault({ exitCode, timedOut, problem }: Outcome): string | null {
  if (timedOut) return 'timed out'
  if (problem !== null) return problem
  return exitCode === 0 ? null : `exit code ${exitCode}`
}
