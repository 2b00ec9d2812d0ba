import type { StepResult } from './step.ts'

/** Rows of plain text, one per step, in aligned columns. */
export function formatTable(results: readonly StepResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length))
  const rows = results.map(({ name, passed, failed, seconds, note }) => {
    const mark = failed === 0 ? 'ok    ' : 'FAILED'
    const numbers = `${String(passed).padStart(6)} passed ${String(failed).padStart(5)} failed ${seconds.toFixed(1).padStart(7)} s`
    return `  ${mark}  ${name.padEnd(width)} ${numbers}${note === null ? '' : `   ${note}`}`
  })
  return rows.join('\n')
}
