import { markdownTable } from '../harness/markdown-table.ts'
import { median } from '../harness/statistics.ts'
import { describeSurroundings } from '../harness/surroundings.ts'
import type { RunResult, RunSetting } from './run.ts'
import { type SystemName, systems } from './systems.ts'
import { workload } from './world.ts'

/** Everything that the rounds gave. */
export interface Measured {
  readonly setting: Omit<RunSetting, 'profilePath'>
  readonly rounds: number
  readonly results: ReadonlyMap<SystemName, readonly RunResult[]>
}

type Quantity = Exclude<keyof RunResult, 'differences' | 'ticks' | 'heardShare'>

/** What the others are divided by. */
const floor: SystemName = 'ws'

/** Markdown: medians of the rounds with their range, then ratios of the medians. */
export function report({ setting, rounds, results }: Measured): string {
  const dependencies = [...results.keys()].flatMap((name) => systems[name].dependency ?? [])
  return [
    '## fan-out',
    describeSurroundings(dependencies),
    workText(setting, rounds),
    markdownTable([
      ['system', 'server CPU ms/tick', 'bytes/client/tick', 'p50 ms', 'p99 ms', 'client CPU µs/patch'],
      ...[...results].map(([name, runs]) => [name, ...figures(runs)]),
    ]),
    ...ratioTables(results),
    ...hurryTexts(results),
    agreementText(results),
  ].join('\n\n')
}

function workText(
  { clients, loadProcesses, windowMs, warmUpMs }: Measured['setting'],
  rounds: number,
): string {
  const { entities, movesPerTick, tickHz } = workload
  const load = loadProcesses === 1 ? 'one process' : `${loadProcesses} processes`
  return `${entities} entities, ${movesPerTick} move per tick, ${tickHz} Hz, ${clients} clients in ${load}; ${rounds} rounds of ${windowMs / 1000} s after ${warmUpMs / 1000} s of warming up. Medians, [least..most].`
}

function figures(runs: readonly RunResult[]): readonly string[] {
  const cell = (quantity: Quantity, digits: number, factor = 1): string => {
    const values = runs.map((run) => run[quantity] * factor).filter(Number.isFinite)
    if (values.length === 0) return '–'
    const show = (value: number): string => value.toFixed(digits)
    const range = values.length === 1 ? '' : ` [${show(Math.min(...values))}..${show(Math.max(...values))}]`
    return show(median(values)) + range
  }
  return [
    cell('serverCpuMsPerTick', 2),
    cell('bytesPerClientPerTick', 0),
    cell('latencyP50Ms', 2),
    cell('latencyP99Ms', 2),
    cell('clientCpuMsPerPatch', 0, 1000),
  ]
}

function ratioTables(results: Measured['results']): readonly string[] {
  const middle = (name: SystemName, quantity: Quantity): number =>
    median((results.get(name) ?? []).map((run) => run[quantity]))
  const others = [...results.keys()].filter((name) => name !== 'idle' && name !== floor)
  if (!results.has(floor) || others.length === 0) return []
  const ratio = (name: SystemName, quantity: Quantity, offset = 0): string =>
    ((middle(name, quantity) - offset) / (middle(floor, quantity) - offset)).toFixed(2)
  const idle = middle('idle', 'serverCpuMsPerTick')
  return [
    markdownTable([
      [`ratio to ${floor}`, 'server CPU', 'server CPU less idle', 'bytes', 'p50', 'p99', 'client CPU'],
      ...others.map((name) => [
        name,
        ratio(name, 'serverCpuMsPerTick'),
        Number.isFinite(idle) ? ratio(name, 'serverCpuMsPerTick', idle) : '–',
        ratio(name, 'bytesPerClientPerTick'),
        ratio(name, 'latencyP50Ms'),
        ratio(name, 'latencyP99Ms'),
        ratio(name, 'clientCpuMsPerPatch'),
      ]),
    ]),
  ]
}

/** A warning for each system whose clients could not follow, so that its figures are not taken for its own. */
function hurryTexts(results: Measured['results']): readonly string[] {
  return [...results].flatMap(([name, runs]) => {
    const share = Math.min(...runs.map(({ heardShare }) => heardShare).filter(Number.isFinite))
    if (share >= 0.98) return []
    return [
      `The machine was too busy: clients of ${name} applied ${(share * 100).toFixed(0)} % of the ticks in the window.`,
    ]
  })
}

function agreementText(results: Measured['results']): string {
  const bad = [...results].flatMap(([name, runs]) => {
    const count = runs.reduce((sum, { differences }) => sum + differences.length, 0)
    return count === 0 ? [] : [`${name}: ${count} clients`]
  })
  return bad.length === 0
    ? "Every client's final state equals its server's."
    : `**Final states differ from the server's: ${bad.join(', ')}.**`
}
