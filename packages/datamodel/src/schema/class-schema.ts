import { DataModelError } from '../errors.ts'
import type { PropertyType } from '../properties/property-type.ts'

/** The property types that a class declares, by property name. */
export type PropertyTypes = Readonly<Record<string, PropertyType<unknown>>>

/** One property of a class: its place in the class is its number on the wire. */
export interface PropertySchema {
  readonly name: string
  readonly index: number
  readonly type: PropertyType<unknown>
}

/**
 * Who may see the content of an instance of a class, beyond what its ancestors allow: `inherit` adds no rule, `owner`
 * leaves the nearest Player above it, `nobody` leaves the server alone.
 */
export type ClassAudience = 'inherit' | 'owner' | 'nobody'

/** What the tree knows about a class: frozen, made once by `defineClass`, shared by every place. */
export interface ClassSchema {
  readonly name: string
  readonly base: ClassSchema | null
  /** Inherited ones first; a property's position is its index. */
  readonly properties: readonly PropertySchema[]
  readonly propertyByName: ReadonlyMap<string, PropertySchema>
  /** The properties that refer to other instances. */
  readonly references: readonly PropertySchema[]
  /** The properties that only the owner sees. */
  readonly owned: readonly PropertySchema[]
  /** The properties that declare a precision. */
  readonly rounded: readonly PropertySchema[]
  /** The properties whose values may skip. */
  readonly skipping: readonly PropertySchema[]
  /** By index. */
  readonly defaults: readonly unknown[]
  /** Cannot be made at all: it exists to be extended. */
  readonly isAbstract: boolean
  /** Made by the DataModel alone, once, never moved, and found with `getService`. */
  readonly isService: boolean
  /** Only a place makes instances of it: services, players, and what belongs to them. */
  readonly isPlaceMade: boolean
  readonly audience: ClassAudience
}

/** How a class differs from its base. */
export interface ClassTraits {
  readonly isAbstract?: boolean
  readonly isService?: boolean
  readonly isPlaceMade?: boolean
  /** Who sees its instances, of those who see their parents; else as its base says, or all. */
  readonly visibleTo?: Exclude<ClassAudience, 'inherit'>
}

const classNamePattern = /^[A-Za-z][A-Za-z0-9_]{0,99}$/
const propertyNamePattern = /^[a-z][A-Za-z0-9_]{0,99}$/

/** Builds the frozen schema of a class; throws `invalidDefinition` for a bad or repeated name. */
export function createClassSchema(
  name: string,
  base: ClassSchema | null,
  own: { readonly properties: PropertyTypes; readonly traits: ClassTraits },
): ClassSchema {
  if (!classNamePattern.test(name)) {
    throw new DataModelError(
      'invalidDefinition',
      `cannot define class "${name}": a class name is a letter followed by up to 99 letters, digits or underscores. Rename it.`,
    )
  }
  // The DataModel is a service itself, and extends nothing but Instance.
  if (base?.isPlaceMade === true) {
    throw new DataModelError(
      'invalidDefinition',
      `cannot define class "${name}" on top of ${base.name}: only a place makes instances of that class. Extend another one.`,
    )
  }
  const properties = base === null ? [] : [...base.properties]
  for (const [propertyName, type] of Object.entries(own.properties)) {
    if (!propertyNamePattern.test(propertyName)) {
      throw new DataModelError(
        'invalidDefinition',
        `cannot define property "${propertyName}" of class "${name}": a property name starts with a lower-case letter and has letters, digits and underscores. Rename it.`,
      )
    }
    if (properties.some((property) => property.name === propertyName)) {
      throw new DataModelError(
        'invalidDefinition',
        `cannot define property "${propertyName}" of class "${name}": its base class has it already. Use the inherited one or another name.`,
      )
    }
    properties.push(Object.freeze({ name: propertyName, index: properties.length, type }))
  }
  return Object.freeze({
    name,
    base,
    properties: Object.freeze(properties),
    propertyByName: new Map(properties.map((property) => [property.name, property])),
    references: Object.freeze(properties.filter(({ type }) => type.kind === 'reference')),
    owned: Object.freeze(properties.filter(({ type }) => type.visibleTo === 'owner')),
    rounded: Object.freeze(properties.filter(({ type }) => type.precision !== null)),
    skipping: Object.freeze(properties.filter(({ type }) => type.maySkip)),
    defaults: listOfDefaults(properties),
    isAbstract: own.traits.isAbstract ?? false,
    isService: own.traits.isService ?? false,
    isPlaceMade: own.traits.isPlaceMade ?? own.traits.isService ?? false,
    audience: own.traits.visibleTo ?? base?.audience ?? 'inherit',
  })
}

/**
 * A list that holds nothing but numbers V8 keeps as bare doubles, and makes a number anew at each read of one. One that
 * began with something else keeps numbers as they are, and so do all its copies.
 */
function listOfDefaults(properties: readonly PropertySchema[]): readonly unknown[] {
  const defaults: unknown[] = properties.map(() => null)
  for (const { index, type } of properties) defaults[index] = type.defaultValue
  return defaults
}

/** Whether a class is, or extends, another, which a name may stand for; "Object" is above every class. */
export function isClassOrExtends(schema: ClassSchema, other: ClassSchema | string): boolean {
  for (let at: ClassSchema | null = schema; at !== null; at = at.base) {
    if (at === other || at.name === other) return true
  }
  return other === 'Object'
}
