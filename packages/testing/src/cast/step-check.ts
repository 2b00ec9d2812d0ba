import { expectKnown } from '../known-options.ts'
import { literal } from '../literal/literal.ts'
import { TestingError } from '../testing-error.ts'
import { type StepKeys, treeStepKeys } from './tree-step-keys.ts'

/** Throws 'invalidOption' for what is none of these steps: a mistyped one would do nothing, and a test of it pass. */
export function expectStep(
  step: unknown,
  keysByKind: Readonly<Record<string, StepKeys>> = treeStepKeys,
): void {
  const given: Readonly<Record<string, unknown>> =
    typeof step === 'object' && step !== null ? { ...step } : {}
  const { kind, ...others } = given
  if (typeof kind !== 'string') {
    throw invalid(
      `cannot take a step that has no kind. Pass one such as { kind: '${Object.keys(keysByKind)[0]}', … }.`,
    )
  }
  expectKnown([kind], { cannot: 'take the step', what: 'kind of step', known: Object.keys(keysByKind) })
  const { needed = [], optional = [] } = keysByKind[kind] ?? {}
  expectKnown(Object.keys(others), {
    cannot: `take a step "${kind}" with`,
    what: 'part of it',
    known: [...needed, ...optional],
  })
  const missing = needed.find((key) => !Object.hasOwn(others, key))
  if (missing !== undefined) {
    throw invalid(`cannot take a step "${kind}" without "${missing}". Pass ${needed.join(', ')}.`)
  }
  if ('rule' in others) expectRule(kind, others['rule'])
  if (kind === 'create' && others['visibleTo'] !== undefined) expectRule(kind, others['visibleTo'])
}

function expectRule(kind: string, rule: unknown): void {
  if (rule === 'everyone' || rule === 'nobody') return
  const [[what, name] = [], ...others] = typeof rule === 'object' && rule !== null ? Object.entries(rule) : []
  const isName = typeof name === 'string' && ['player', 'team', 'audience'].includes(what ?? '')
  if (others.length === 0 && (isName || (what === 'half' && (name === 'even' || name === 'odd')))) return
  throw invalid(
    `cannot take a step "${kind}" with the rule ${literal(rule)}: there is no such rule. Use 'everyone', 'nobody', { player }, { team }, { audience }, or { half: 'even' } or 'odd'.`,
  )
}

const invalid = (problem: string): TestingError => new TestingError('invalidOption', problem)
