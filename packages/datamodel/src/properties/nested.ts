import { type DeepReadonly, ownPlain, plainProblem } from '../data/plain-value.ts'
import { createPropertyType, type PropertyOptions, type PropertyType, plainOptions } from './property-type.ts'

/** Plain data of any shape, deep-frozen; edit it with `instance.update`, which replicates the nested paths alone. */
export function nested<T>(defaultValue: T, options: PropertyOptions = {}): PropertyType<DeepReadonly<T>> {
  return createPropertyType<DeepReadonly<T>>({
    kind: 'nested',
    defaultValue: defaultValue as DeepReadonly<T>,
    options: plainOptions(options),
    problem: plainProblem,
    own: (value) => ownPlain(value) as DeepReadonly<T>,
    same: Object.is,
  })
}
