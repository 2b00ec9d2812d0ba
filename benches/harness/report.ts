import type { Bench, Column } from './bench.ts'
import { markdownTable } from './markdown-table.ts'
import type { CaseResults } from './rounds.ts'
import { judge, middle, type Target, type ValuesOf } from './verdict.ts'

/** What a report is made of. */
export interface Measured<Quantity extends string> {
  readonly bench: Pick<Bench<never, never, Quantity>, 'name' | 'about' | 'columns' | 'targets' | 'waits'>
  /** When, where and with what. */
  readonly surroundings: string
  readonly rounds: number
  /** The figures of a smoke check are shown, but nothing is judged by them. */
  readonly isQuick: boolean
  readonly results: readonly CaseResults<Quantity>[]
}

/** Markdown: for each case the medians with their range and Banyan's ratios to its peers, then the targets. */
export function report<Quantity extends string>(measured: Measured<Quantity>): string {
  const { bench, surroundings, rounds, isQuick, results } = measured
  const lines = isQuick
    ? ['**A smoke check: its figures mean nothing.**']
    : [`Medians of ${rounds} rounds, [least..most]; systems took turns.`]
  return [
    `## ${bench.name}`,
    surroundings,
    bench.about,
    ...lines,
    ...results.flatMap((result) => caseTexts(bench.columns, result)),
    targetTable(targetRows(measured)),
    ...Object.entries(bench.waits).map(([system, lack]) => `**${system} waits** for ${lack}.`),
    ...noteTexts(results),
    agreementText(results),
  ].join('\n\n')
}

/** Each target with its bound, what was measured, and whether it was met. */
export function targetRows<Quantity extends string>({
  bench,
  results,
  isQuick,
}: Pick<Measured<Quantity>, 'bench' | 'results' | 'isQuick'>): readonly (readonly string[])[] {
  const valuesOf: ValuesOf = (figure) =>
    (results.find(({ name }) => name === figure.case)?.bySystem.get(figure.system) ?? []).map(
      ({ figures }) => (figures as Readonly<Record<string, number>>)[figure.quantity] ?? Number.NaN,
    )
  return bench.targets.map((target) => {
    const verdict = judge(target, valuesOf)
    if (verdict.kind === 'unmeasured') return [target.says, boundText(target), '–', 'not measured']
    const value = numberText(verdict.value, 2)
    return [target.says, boundText(target), value, isQuick ? 'not judged' : verdict.kind]
  })
}

/** The rows of targets as Markdown. */
export function targetTable(rows: readonly (readonly string[])[]): string {
  return markdownTable([['target', 'bound', 'measured', 'verdict'], ...rows])
}

function caseTexts<Quantity extends string>(
  columns: readonly Column<Quantity>[],
  { name, bySystem }: CaseResults<Quantity>,
): readonly string[] {
  const valuesOf = (system: string, { quantity }: Column<Quantity>): readonly number[] =>
    (bySystem.get(system) ?? []).map(({ figures }) => figures[quantity]).filter(Number.isFinite)
  const shown = columns.filter((column) =>
    [...bySystem.keys()].some((each) => valuesOf(each, column).length > 0),
  )
  const peers = [...bySystem.keys()].filter((system) => system !== 'banyan' && system !== 'idle')
  const ratio = (peer: string, column: Column<Quantity>): string =>
    numberText(middle(valuesOf('banyan', column)) / middle(valuesOf(peer, column)), 2)
  return [
    `### ${name}`,
    markdownTable([
      ['system', ...shown.map(({ label }) => label)],
      ...[...bySystem.keys()].map((system) => [
        system,
        ...shown.map((column) => rangeText(valuesOf(system, column), column.digits)),
      ]),
    ]),
    ...(bySystem.has('banyan') && peers.length > 0
      ? [
          markdownTable([
            ['banyan ÷', ...shown.map(({ label }) => label)],
            ...peers.map((peer) => [peer, ...shown.map((column) => ratio(peer, column))]),
          ]),
        ]
      : []),
  ]
}

function boundText({ bound, to }: Target): string {
  const unit = to === null ? '' : ' ×'
  return 'most' in bound ? `≤ ${bound.most}${unit}` : `≥ ${bound.least}${unit}`
}

function rangeText(values: readonly number[], digits: number): string {
  if (values.length < 2) return numberText(middle(values), digits)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${numberText(middle(values), digits)} [${least.toFixed(digits)}..${most.toFixed(digits)}]`
}

function numberText(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–'
}

function noteTexts(results: readonly CaseResults<string>[]): readonly string[] {
  const notes = results.flatMap(({ name, bySystem }) =>
    [...bySystem].flatMap(([system, outcomes]) =>
      outcomes.flatMap((outcome) => outcome.notes.map((note) => `- ${name}, ${system}: ${note}`)),
    ),
  )
  return notes.length === 0 ? [] : [[...new Set(notes)].join('\n')]
}

function agreementText(results: readonly CaseResults<string>[]): string {
  const bad = results.flatMap(({ name, bySystem }) =>
    [...bySystem].flatMap(([system, outcomes]) => {
      const count = outcomes.reduce((sum, { differences }) => sum + differences.length, 0)
      return count === 0 ? [] : [`${system} (${name}): ${count}`]
    }),
  )
  return bad.length === 0
    ? "All agreed: every client's final state is what its server has for it, and every message was counted."
    : `**Not all agreed: ${bad.join(', ')}.**`
}
