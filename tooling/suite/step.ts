import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand } from '../command.js'
import { type Count, countCheck, countRunner } from './count.ts'
import { parsePlaywrightReport, parseVitestReport } from './report.ts'

/** One line of the suite: a command that is a check by itself, or a runner whose report is counted. */
export interface Step {
  readonly name: string
  readonly limitMs: number
  readonly command: readonly [string, ...string[]]
  readonly reporter: 'none' | 'vitest' | 'playwright'
}

/** A step's count with the time it took. */
export interface StepResult extends Count {
  readonly name: string
  readonly seconds: number
}

/**
 * Runs one step with streamed output and counts it. `scratch` is an empty folder for the runner's report. Resolves
 * to null when the suite itself was interrupted.
 */
export async function runStep(
  step: Step,
  { root, scratch }: { root: string; scratch: string },
): Promise<StepResult | null> {
  const file = join(scratch, `${step.name.replaceAll(' ', '-')}.json`)
  const startedMs = performance.now()
  const outcome = await runCommand(withReporter(step, file), {
    cwd: root,
    group: 'own',
    env: {
      ...process.env,
      PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      // Vitest colors a pipe's output unless told not to; Playwright does not, and warns about the variable.
      ...(process.stdout.isTTY || step.reporter === 'playwright' ? {} : { NO_COLOR: '1' }),
    },
    limitMs: step.limitMs,
  })
  if (outcome.interrupted) return null
  const seconds = (performance.now() - startedMs) / 1000
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  switch (step.reporter) {
    case 'none':
      return { name: step.name, seconds, ...countCheck(outcome) }
    case 'vitest':
      return { name: step.name, seconds, ...countRunner(outcome, parseVitestReport(text)) }
    case 'playwright':
      return { name: step.name, seconds, ...countRunner(outcome, parsePlaywrightReport(text)) }
  }
}

function withReporter({ command, reporter }: Step, file: string): readonly [string, ...string[]] {
  switch (reporter) {
    case 'none':
      return command
    case 'vitest':
      return [...command, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    case 'playwright':
      return [...command, '--reporter=list,json']
  }
}
