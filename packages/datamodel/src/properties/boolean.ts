import { describeValue } from '../data/value-description.ts'
import { createPropertyType, type PropertyType, type ValueOptions } from './property-type.ts'

/** True or false. */
export function bool(defaultValue = false, options: ValueOptions = {}): PropertyType<boolean> {
  return createPropertyType<boolean>({
    kind: 'bool',
    defaultValue,
    options,
    problem: (value) =>
      typeof value === 'boolean' ? null : `expected a boolean, got ${describeValue(value)}`,
  })
}
