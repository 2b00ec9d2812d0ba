import { workspaceRoot } from '../workspace.js'
import { judge } from './bound.ts'
import { measureBundle, type PartSize } from './measure.ts'

const shownModules = process.argv.includes('--modules') ? 200 : 12

function row({ name, minifiedBytes, gzipBytes }: PartSize): string {
  return `${String(minifiedBytes).padStart(9)} ${String(gzipBytes).padStart(8)}  ${name}`
}

const { whole, later, packages, modules } = await measureBundle(
  workspaceRoot,
  'packages/banyan/fixtures/bundled-program.ts',
)
console.log(' minified     gzip  (of each part alone)')
for (const part of [whole, ...packages, ...later]) console.log(row(part))
console.log('\nThe largest modules (all with --modules):')
for (const part of modules.slice(0, shownModules)) console.log(row(part))
const { isGood, verdict } = judge(whole.gzipBytes)
console.log(`\n${verdict}`)
process.exitCode = isGood ? 0 : 1
