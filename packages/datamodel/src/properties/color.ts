import { describeValue } from '../data/value-description.ts'
import { Color3 } from '../values/color3.ts'
import { createPropertyType, type PropertyType, type ValueOptions, valueOptions } from './property-type.ts'

/** A color; black when left out. */
export function color3(defaultValue = Color3.black, options: ValueOptions = {}): PropertyType<Color3> {
  return createPropertyType<Color3>({
    kind: 'color3',
    defaultValue,
    options: valueOptions(options),
    problem: (value) => (value instanceof Color3 ? null : `expected a Color3, got ${describeValue(value)}`),
  })
}
