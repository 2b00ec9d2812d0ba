// The command for many hostile messages: `pnpm fuzz --messages 1000000 --seed 1 --workers 1`. So many go to the decoders
// alone, and so many to a real host; `pnpm fuzz host` does one of the two. Ends with 1 when anything was found.
import { parseArgs } from 'node:util'
import { fuzzDecoders, fuzzHost } from './run-fuzz.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
  },
})

const parts = { decoders: fuzzDecoders, host: fuzzHost }
const options = {
  messages: wholeNumber('messages'),
  seed: wholeNumber('seed'),
  workers: wholeNumber('workers'),
  isPatient: true,
  tell: (line: string) => console.log(line),
}
for (const [name, run] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const findings = await run(options)
  for (const finding of findings) console.error(`${name}: ${finding}`)
  console.log(findings.length === 0 ? `${name}: withstood` : `${name}: ${findings.length} findings`)
  if (findings.length > 0) process.exitCode = 1
}

function wholeNumber(name: keyof typeof values): number {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new TypeError(`cannot fuzz with --${name} ${values[name]}: it is no whole number above 0. Pass one.`)
}
