import { parseArgs } from 'node:util'
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

const wanted = positionals.length === 0 ? Object.keys(scenarios) : positionals
for (const name of wanted) {
  const scenario = scenarios[name]
  if (scenario === undefined) {
    console.error(`Cannot run "${name}": there is no such scenario. Scenarios:`)
    for (const [known, { summary }] of Object.entries(scenarios)) console.error(`  ${known}: ${summary}`)
    process.exit(1)
  }
  const agrees = await scenario.run({
    isQuick: values.quick,
    rounds: countOf(values.rounds),
    clients: countOf(values.clients),
    warmUpMs: secondsOf(values['warm-up']),
    windowMs: secondsOf(values.window),
    processes: countOf(values.processes),
    systems: values.systems?.split(',') ?? null,
    cases: values.cases?.split(',') ?? null,
    profileFolder: values.profile ?? null,
    reportFolder: values.report ?? null,
  })
  if (!agrees) process.exitCode = 1
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
