import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { monotonicMs } from './harness/monotonic-time.ts'
import { targetTable } from './harness/report.ts'
import type { ScenarioReport } from './scenario.ts'
import { scenarios } from './scenarios.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    clients: { type: 'string' },
    'warm-up': { type: 'string' },
    window: { type: 'string' },
    processes: { type: 'string' },
    systems: { type: 'string' },
    cases: { type: 'string' },
    profile: { type: 'string' },
    report: { type: 'string' },
  },
})

const isWhole = positionals.length === 0
const wanted = isWhole ? Object.keys(scenarios) : positionals
const unknown = wanted.find((name) => scenarios[name] === undefined)
if (unknown !== undefined) {
  console.error(`Cannot run "${unknown}": there is no such scenario. Scenarios:`)
  for (const [known, { summary }] of Object.entries(scenarios)) console.error(`  ${known}: ${summary}`)
  process.exit(1)
}

const startMs = monotonicMs()
const reports: ScenarioReport[] = []
for (const name of wanted) {
  const report = await scenarios[name]?.run({
    isQuick: values.quick,
    rounds: countOf(values.rounds),
    clients: countOf(values.clients),
    warmUpMs: secondsOf(values['warm-up']),
    windowMs: secondsOf(values.window),
    processes: countOf(values.processes),
    systems: values.systems?.split(',') ?? null,
    cases: values.cases?.split(',') ?? null,
    profileFolder: values.profile ?? null,
  })
  if (report === undefined) continue
  reports.push(report)
  console.log(`${report.text}\n`)
}
const file = values.report ?? (isWhole && !values.quick ? '../docs/benchmarks.md' : null)
if (file !== null) writeFileSync(file, wholeReport())
if (!reports.every(({ agrees }) => agrees)) process.exitCode = 1

function wholeReport(): string {
  const minutes = Math.round((monotonicMs() - startMs) / 60_000)
  return `${[
    '# Benchmarks',
    `Written by \`pnpm bench\` in ${minutes} minutes. [How to read it](../benches/README.md), and [where the time goes](performance.md).`,
    '## Targets',
    'Ratios of medians, Banyan by its peer.',
    targetTable(reports.flatMap(({ targets }) => targets)),
    ...reports.map(({ text }) => text),
  ].join('\n\n')}\n`
}

function secondsOf(text: string | undefined): number | null {
  const seconds = countOf(text)
  return seconds === null ? null : seconds * 1000
}

function countOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const count = Number(text)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new Error(`cannot use "${text}" as a count: it is not a whole number above zero. Give one.`)
}
