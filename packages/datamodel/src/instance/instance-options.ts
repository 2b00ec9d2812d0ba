import { DataModelError } from '../errors.ts'
import type { ClassSchema } from '../schema/class-schema.ts'

/** What every class takes beside its properties and the parent. */
const sharedNames: ReadonlySet<string> = new Set(['name', 'visibleTo', 'owner'])

/** Writes what a constructor was given; throws 'invalidValue' for what the class does not have. */
export function assignOptions(target: object, schema: ClassSchema, values: object): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue
    if (!sharedNames.has(key) && !schema.propertyByName.has(key)) {
      throw new DataModelError(
        'invalidValue',
        `cannot set ${schema.name}.${key}: the class has no such property. Check its definition.`,
      )
    }
    Reflect.set(target, key, value)
  }
}
