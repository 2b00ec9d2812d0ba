import { DataModelError } from '../errors.ts'
import { Instance, type InstanceOptions } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import { writeProperty } from '../instance/property-write.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { PropertyType } from '../properties/property-type.ts'
import { type ClassSchema, type ClassTraits, createClassSchema, type PropertyTypes } from './class-schema.ts'

/** The values that a set of property types describes. */
export type PropertyValues<Types> = {
  -readonly [Name in keyof Types]: Types[Name] extends PropertyType<infer Value> ? Value : never
}

/** The values of all properties of an instance type, inherited ones included. */
export type PropertiesOf<Of> = Of extends { readonly '~properties'?: infer Values }
  ? NonNullable<Values>
  : never

type InstanceWith<Base, Types> = Base &
  PropertyValues<Types> & { readonly '~properties'?: PropertyValues<Types> }

/** A class that `defineClass` made, or that extends one: construct it to make a detached instance. */
export interface InstanceClass<Made extends Instance = Instance> {
  new (options?: InstanceOptions & Partial<PropertiesOf<Made>>): Made
  readonly schema: ClassSchema
}

/** An InstanceClass whose constructor's options are not known: what checks and lookups take. */
export interface AnyInstanceClass<Made extends Instance = Instance> {
  new (options?: InstanceOptions): Made
  readonly schema: ClassSchema
}

/** What instances of a class look like at a commit. */
export type RecordOf<Class extends AnyInstanceClass> = InstanceRecord<PropertiesOf<InstanceType<Class>>>

/** What a class adds to its base. */
export interface ClassOptions<Base extends Instance, Types extends PropertyTypes> extends ClassTraits {
  /** The class to extend; `Instance` when left out. */
  readonly extends?: AnyInstanceClass<Base>
  readonly properties?: Types
}

/**
 * Describes a class of instances from which TypeScript's types follow. Pure: registers nothing, so a class that is
 * not used is dropped by bundlers. Throws `invalidDefinition` for bad names.
 */
export function defineClass<
  Types extends PropertyTypes = Record<never, never>,
  Base extends Instance = Instance,
>(
  name: string,
  options: ClassOptions<Base, Types> = {},
  // Where the class is expected says nothing about its properties.
): InstanceClass<InstanceWith<Base, NoInfer<Types>>> {
  const base: AnyInstanceClass = options.extends ?? Instance
  const schema = createClassSchema(name, base.schema, {
    properties: options.properties ?? {},
    traits: options,
  })
  const made = class extends base {
    static override readonly schema = schema
  }
  Object.defineProperty(made, 'name', { value: name })
  for (const property of schema.properties.slice(base.schema.properties.length)) {
    const key = property.name
    if (key in base.prototype) {
      throw new DataModelError(
        'invalidDefinition',
        `cannot define property "${key}" of class "${name}": every instance has a member of that name. Choose another name.`,
      )
    }
    Object.defineProperty(made.prototype, key, {
      configurable: true,
      enumerable: true,
      get(this: Instance) {
        return nodeOf(this).now.values[property.index]
      },
      set(this: Instance, value: unknown) {
        writeProperty(nodeOf(this), property, value)
      },
    })
  }
  return made as unknown as InstanceClass<InstanceWith<Base, Types>>
}
