import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workspaceRoot } from '../workspace.js'
import { sumCounts } from './count.ts'
import { runStep, type StepResult } from './step.ts'
import { suiteSteps } from './steps.ts'
import { formatTable } from './table.ts'

// Tells tooling/test.js that the last line has been printed.
const failedExitCode = 3

const names = process.argv.slice(2)
const steps = suiteSteps(workspaceRoot)
const unknown = names.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(
    `Cannot run "${unknown.join(', ')}": no such step. Steps: ${steps.map(({ name }) => name).join(', ')}.`,
  )
  process.exit(1)
}

const scratch = mkdtempSync(join(tmpdir(), 'banyan-suite-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const results: StepResult[] = []
for (const step of steps) {
  if (names.length > 0 && !names.includes(step.name)) continue
  console.log(`\n=== ${step.name} ===`)
  const result = await runStep(step, { root: workspaceRoot, scratch })
  if (result === null) process.exit(130)
  results.push(result)
}

const { passed, failed } = sumCounts(results)
console.log(`\n${formatTable(results)}\n`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : failedExitCode
