import { lengthProblem } from '../data/plain-value.ts'
import { describeValue } from '../data/value-description.ts'
import { DataModelError } from '../errors.ts'
import { createPropertyType, type PropertyType, type ValueOptions, valueOptions } from './property-type.ts'

/** Text of at most 200,000 characters. Half a surrogate pair becomes U+FFFD, since it could not travel. */
export function string(defaultValue = '', options: ValueOptions = {}): PropertyType<string> {
  return createPropertyType<string>({
    kind: 'string',
    defaultValue,
    options,
    problem: (value) =>
      typeof value === 'string' ? lengthProblem(value) : `expected a string, got ${describeValue(value)}`,
    own: (value) => value.toWellFormed(),
  })
}

/** Options of `oneOf`. */
export interface OneOfOptions<Choice extends string> extends ValueOptions {
  /** The first choice when left out. */
  readonly default?: Choice
}

/** One of a few strings, a small number on the wire; options may come last. Throws 'invalidDefinition' for a repeated choice. */
export function oneOf<const Choice extends string>(
  ...choices: readonly [Choice, ...Choice[]]
): PropertyType<Choice>
export function oneOf<const Choice extends string>(
  ...choicesAndOptions: readonly [Choice, ...Choice[], OneOfOptions<NoInfer<Choice>>]
): PropertyType<Choice>
export function oneOf<Choice extends string>(
  ...parts: readonly (Choice | OneOfOptions<Choice>)[]
): PropertyType<Choice> {
  const choices = Object.freeze(parts.filter((part) => typeof part === 'string'))
  const options = parts.find((part) => typeof part === 'object') ?? {}
  const defaultValue = options.default ?? choices[0]
  if (defaultValue === undefined || new Set(choices).size < choices.length) {
    throw new DataModelError(
      'invalidDefinition',
      `cannot define a oneOf "${choices.join(', ')}": it has no choice, or one twice. List each once.`,
    )
  }
  const allowed: ReadonlySet<unknown> = new Set(choices)
  return createPropertyType<Choice>({
    kind: 'oneOf',
    defaultValue,
    options: valueOptions(options),
    choices,
    problem: (value) =>
      allowed.has(value) ? null : `expected one of ${choices.join(', ')}, got ${describeValue(value)}`,
  })
}
