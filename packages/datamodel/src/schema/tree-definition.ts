import { builtInClasses } from '../classes/built-in-classes.ts'
import { DataModelError } from '../errors.ts'
import type { ClassSchema } from './class-schema.ts'
import type { AnyInstanceClass } from './define-class.ts'

/** The classes that both sides of a place know, in the order that gives them their numbers. Frozen, without state. */
export interface TreeDefinition {
  readonly classes: readonly AnyInstanceClass[]
  /** Text that is equal for equal classes and properties in equal order; its hash is part of the handshake. */
  readonly fingerprint: string
  readonly classByName: ReadonlyMap<string, AnyInstanceClass>
  /** The number of a class, or null when the definition does not have it. */
  classNumberOf(schema: ClassSchema): number | null
}

/** Numbers the built-in classes, then the user's; throws `invalidDefinition` for a repeated name. */
export function defineTree(options: { readonly classes?: readonly AnyInstanceClass[] } = {}): TreeDefinition {
  const classes: AnyInstanceClass[] = []
  const numbers = new Map<ClassSchema, number>()
  const byName = new Map<string, AnyInstanceClass>()
  const add = (made: AnyInstanceClass): void => {
    if (numbers.has(made.schema)) return
    if (byName.has(made.schema.name)) {
      throw new DataModelError(
        'invalidDefinition',
        `cannot define class "${made.schema.name}": the definition has another class of that name. Rename one of them.`,
      )
    }
    numbers.set(made.schema, classes.length)
    byName.set(made.schema.name, made)
    classes.push(made)
  }
  for (const made of builtInClasses) add(made)
  for (const made of options.classes ?? []) add(made)
  return Object.freeze({
    classes: Object.freeze(classes),
    classByName: byName,
    fingerprint: classes.map((made) => describe(made.schema)).join('\n'),
    classNumberOf: (schema: ClassSchema) => numbers.get(schema) ?? null,
  })
}

/** JSON keeps its parts apart whatever they are: a float of precision 32 is no float32. */
function describe({ name, base, audience, properties }: ClassSchema): string {
  const described = properties.map(({ name: property, type }) => {
    const { kind, visibleTo, precision, choices, defaultValue } = type
    const told = [property, kind, visibleTo, precision, choices, defaultValue]
    return type.maySkip ? [...told, 'maySkip'] : told
  })
  return JSON.stringify([name, base?.name ?? null, audience, described])
}
