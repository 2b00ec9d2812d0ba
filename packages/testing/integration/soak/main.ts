// The command for long strains on real sockets: `pnpm soak` for all of them, `pnpm soak flapping --quick` for one, shortly.
// Ends with 1 when anything was found.
import { parseArgs } from 'node:util'
import { soaks } from './soaks.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
})

const unknown = positionals.find((name) => !(name in soaks))
if (unknown !== undefined)
  throw new TypeError(
    `cannot soak "${unknown}": there is ${Object.keys(soaks).join(', ')}. Choose one of them.`,
  )
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed))
  throw new TypeError(`cannot soak with --seed ${values.seed}: it is no whole number. Pass one.`)

for (const [name, { summary, soak }] of Object.entries(soaks)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`\n## ${name}: ${summary}\n`)
  const findings = await soak({ isQuick: values.quick, seed, tell: (line) => console.log(`- ${line}`) })
  for (const finding of findings) console.error(`- FOUND ${finding}`)
  console.log(findings.length === 0 ? `- ${name} holds` : `- ${name}: ${findings.length} findings`)
  if (findings.length > 0) process.exitCode = 1
}
