import { describeValue } from '../data/value-description.ts'
import type { Instance } from '../instance/instance.ts'
import { isBranded } from '../instance/instance-brand.ts'
import { createPropertyType, type PropertyOptions, type PropertyType, plainOptions } from './property-type.ts'

/** Another instance, or null; travels as its id, and as null to who may not see it. The class is not checked at run time. */
export function reference<T extends Instance = Instance>(
  options: PropertyOptions = {},
): PropertyType<T | null> {
  return createPropertyType<T | null>({
    kind: 'reference',
    defaultValue: null,
    options: plainOptions(options),
    problem: (value) =>
      value === null || isBranded(value) ? null : `expected an Instance or null, got ${describeValue(value)}`,
    same: Object.is,
  })
}
