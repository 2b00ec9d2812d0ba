import { expect, test } from 'vitest'
import type { Bench, Outcome } from './bench.ts'
import { report } from './report.ts'
import { type CaseResults, runRounds } from './rounds.ts'

type Quantity = 'cpu'
type Fake = Bench<number, 'peer' | 'banyan', Quantity>

const outcome = (cpu: number, differences: readonly string[] = []): Outcome<Quantity> => ({
  figures: { cpu },
  differences,
  notes: [],
})

const bench: Fake = {
  name: 'fake',
  summary: '',
  about: 'About.',
  columns: [{ quantity: 'cpu', label: 'server CPU ms', digits: 1 }],
  targets: [
    {
      says: 'CPU ÷ peer',
      of: { case: 'small', system: 'banyan', quantity: 'cpu' },
      to: { case: 'small', system: 'peer', quantity: 'cpu' },
      bound: { most: 0.6 },
    },
  ],
  waits: {},
  cases: () => [],
  dependenciesOf: () => [],
  run: async (system, work) => outcome(system === 'banyan' ? work : work * 2),
}

const setting = { isQuick: true, warmUpMs: 1, windowMs: 1, processes: null, nodeFlags: [], profilePath: null }
const cases = [
  { name: 'small', work: 1, systems: ['peer', 'banyan'] },
  { name: 'large', work: 10, systems: ['banyan'] },
  { name: 'long', work: 1, systems: ['banyan'], runsOnce: true },
] as const

test('systems take turns within each case, and cases within each round', async () => {
  const order: string[] = []
  const settingOf = (at: { caseName: string; system: string; round: number }) => {
    order.push(`${at.round} ${at.caseName} ${at.system}`)
    return setting
  }
  const results = await runRounds(bench, cases, { rounds: 2, settingOf, progress: () => {} })
  const round = (count: number) => [`${count} small peer`, `${count} small banyan`, `${count} large banyan`]
  expect(order).toEqual([...round(1), '1 long banyan', ...round(2)])
  expect(results[0]?.bySystem.get('peer')?.map(({ figures }) => figures.cpu)).toEqual([2, 2])
})

const results: readonly CaseResults<Quantity>[] = [
  {
    name: 'small',
    bySystem: new Map([
      ['peer', [outcome(4), outcome(2), outcome(3)]],
      ['banyan', [outcome(1), outcome(2), outcome(1.5)]],
    ]),
  },
]
const measured = { bench, surroundings: 'Today.', rounds: 3, isQuick: false, results }

test('a report has medians with their range, ratios of medians, and verdicts', () => {
  const text = report(measured)
  expect(text).toContain('| banyan | 1.5 [1.0..2.0] |')
  expect(text).toMatch(/\| peer +\| +0\.50 \|/)
  expect(text).toMatch(/\| CPU ÷ peer \| +≤ 0\.6 × \| +0\.50 \| +met \|/)
  expect(text).toContain('All agreed')
})

test('a smoke check judges nothing', () => {
  const text = report({ ...measured, isQuick: true })
  expect(text).toContain('not judged')
  expect(text).not.toMatch(/\b(met|missed)\b/)
})

test('who waits is told of with what it lacks, and is not measured', () => {
  const only = new Map([['peer', [outcome(4)]]])
  const text = report({
    ...measured,
    bench: { ...bench, waits: { banyan: 'named audiences' } },
    results: [{ name: 'small', bySystem: only }],
  })
  expect(text).toContain('**banyan waits** for named audiences.')
  expect(text).toMatch(/– \| +not measured \|/)
})

test('disagreement is told in bold', () => {
  const bad = new Map([['banyan', [outcome(1, ['entity 1 has x 0'])]]])
  const text = report({ ...measured, results: [{ name: 'small', bySystem: bad }] })
  expect(text).toContain('**Not all agreed: banyan (small): 1.**')
})
