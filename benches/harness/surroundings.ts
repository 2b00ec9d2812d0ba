import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What Colyseus is made of; `@colyseus/sdk` is its client. */
export const colyseusPackages: readonly string[] = Object.freeze([
  '@colyseus/core',
  '@colyseus/ws-transport',
  '@colyseus/schema',
  '@colyseus/sdk',
])

const benches = dirname(dirname(fileURLToPath(import.meta.url)))

/** One line that says when, where and with what a bench ran; `packages` are dependencies of the benches. */
export function describeSurroundings(packages: readonly string[]): string {
  const [first] = cpus()
  const [load = 0] = loadavg()
  return [
    new Date().toISOString().slice(0, 10),
    `Banyan at ${commit()}`,
    ...packages.map((name) => `${name} ${versionOf(name)}`),
    `Node ${process.versions.node}`,
    `${cpus().length} cores (${first?.model.trim() ?? 'unknown'})`,
    `load average ${load.toFixed(1)} before`,
  ].join(' · ')
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: benches, encoding: 'utf8' }).trim()
  } catch {
    return 'no commit'
  }
}

function versionOf(name: string): string {
  const manifest = join(benches, 'node_modules', name, 'package.json')
  if (!existsSync(manifest)) return '(not installed)'
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown }).version)
}
