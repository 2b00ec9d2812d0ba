import { DataModelError } from '../errors.ts'
import { isSameValue } from '../values/value-type.ts'

/** What decides how a value of the type is checked, stored and encoded. */
export type PropertyKind =
  | 'bool'
  | 'int'
  | 'float'
  | 'float32'
  | 'string'
  | 'oneOf'
  | 'vector2'
  | 'vector3'
  | 'cframe'
  | 'color3'
  | 'reference'
  | 'nested'

const propertyAudiences = ['everyone', 'owner', 'server'] as const

/** Who sees a property, of those who see its instance. */
export type PropertyAudience = (typeof propertyAudiences)[number]

/** The rules of one property. Frozen, without state: one object serves every class and place. */
export interface PropertyType<T> {
  readonly kind: PropertyKind
  readonly defaultValue: T
  /** Who sees it of those who see its instance: the instance's owner alone, or the server alone. */
  readonly visibleTo: PropertyAudience
  /** Whether any client is told of it. */
  readonly replicates: boolean
  /** Whether who reads too slowly goes without values in between; never without the last one. */
  readonly maySkip: boolean
  /** The step to whose multiples numbers are rounded at commit, or null. */
  readonly precision: number | null
  /** The strings of a `oneOf`; their positions are their numbers on the wire. */
  readonly choices: readonly string[] | null
  /** Null when a value fits, else what is wrong with it ("expected an integer, got 1.5"). */
  problem(value: unknown): string | null
  /** The copied, deep-frozen, normalized form to store; for values without a problem only. */
  own(value: T): T
  /** The form for the record and the wire; the value itself where it is a multiple of the precision already. */
  round(value: T): T
  /** Whether a change from one to the other needs no operation. */
  same(a: T, b: T): boolean
}

/** Options that every property type takes. */
export interface PropertyOptions {
  /** All who see the instance when left out; 'owner' leaves its owner, 'server' nobody. */
  readonly visibleTo?: PropertyAudience
}

/** Options of the types whose values are told whole. */
export interface ValueOptions extends PropertyOptions {
  /**
   * For values that are soon out of date, such as positions: while a client's line is congested it is told none of them,
   * and then the newest. False when left out. Only for what all see who see the instance.
   */
  readonly maySkip?: boolean
}

/** Options of the types made of numbers. */
export interface NumberOptions extends ValueOptions {
  /**
   * Numbers are rounded to multiples of it at commit, in the server's own handle too; above zero. So a script that adds
   * less than half a step at each tick adds nothing: let it keep the sum itself, and write that.
   */
  readonly precision?: number
}

/** Those of any type: what untyped code passes beyond, such as a precision to a type without one, is dropped. */
export function plainOptions({ visibleTo = 'everyone' }: PropertyOptions): PropertyOptions {
  return { visibleTo }
}

/** The same for values that may skip. */
export function valueOptions({ maySkip = false, ...options }: ValueOptions): ValueOptions {
  return { ...plainOptions(options), maySkip }
}

/** What differs from a type that stores values as they are. */
interface PropertyRules<T> {
  readonly kind: PropertyKind
  readonly defaultValue: T
  readonly options: NumberOptions
  readonly choices?: readonly string[]
  readonly problem: (value: unknown) => string | null
  readonly own?: (value: T) => T
  readonly round?: (value: T, precision: number) => T
  readonly same?: (a: T, b: T) => boolean
}

/** Far from where the multiple nearest to a number would be infinite. */
const coarsestPrecision = 1e15

/** Builds a frozen property type; throws 'invalidDefinition' for a default that does not fit or a bad precision. */
export function createPropertyType<T>(rules: PropertyRules<T>): PropertyType<T> {
  const { kind, options } = rules
  const precision = options.precision ?? null
  const visibleTo = options.visibleTo ?? 'everyone'
  if (precision !== null && !(precision > 0 && precision <= coarsestPrecision)) {
    throw new DataModelError(
      'invalidDefinition',
      `cannot define a property of type "${kind}" with precision ${precision}: it is not a number above 0 and up to ${coarsestPrecision}. Give the step to round to.`,
    )
  }
  if (!propertyAudiences.includes(visibleTo)) {
    throw new DataModelError(
      'invalidDefinition',
      `cannot define a property of type "${kind}" that is visible to "${String(visibleTo)}": there is no such audience of properties. Use one of ${propertyAudiences.join(', ')}, or another instance with a rule of its own.`,
    )
  }
  const maySkip = options.maySkip ?? false
  if (maySkip && visibleTo !== 'everyone') {
    throw new DataModelError(
      'invalidDefinition',
      `cannot define a property of type "${kind}" that may skip and is visible to "${visibleTo}": what may skip is seen by all who see its instance. Leave out one of the two.`,
    )
  }
  // Taken out of the rules once, because a write asks all of them.
  const { problem, own = (value: T): T => value, same = isSameValue } = rules
  const fault = problem(rules.defaultValue)
  if (fault !== null) {
    throw new DataModelError(
      'invalidDefinition',
      `cannot define the default of a property of type "${kind}": ${fault}. Give one that fits.`,
    )
  }
  const round = (value: T): T => (precision === null ? value : (rules.round?.(value, precision) ?? value))
  return Object.freeze<PropertyType<T>>({
    kind,
    defaultValue: round(own(rules.defaultValue)),
    visibleTo,
    replicates: visibleTo !== 'server',
    maySkip,
    precision,
    choices: rules.choices ?? null,
    problem,
    own,
    round,
    same,
  })
}
