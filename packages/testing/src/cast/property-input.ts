import type { AnyInstanceClass, Instance, PropertySchema, PropertyType } from '@banyan/datamodel'
import { TestingError } from '../testing-error.ts'
import { isPlainValueType, valueOfPlain } from './plain-value.ts'
import type { PropertyInput, Spot } from './tree-step.ts'

/** A property of a thing's class. Throws 'invalidOption' where there is none, with those there are. */
export function propertyOf(thing: Instance, name: string): PropertySchema {
  const { schema } = thing.constructor as AnyInstanceClass
  const property = schema.propertyByName.get(name)
  if (property !== undefined) return property
  throw new TestingError(
    'invalidOption',
    `cannot write "${name}" of a "${schema.name}": the class has no such property. Use any of ${[...schema.propertyByName.keys()].join(', ')}.`,
  )
}

/** What plain data stands for where it is written to a property of that type; `at` finds what references lead to. */
export function valueOfInput(
  { kind }: PropertyType<unknown>,
  input: PropertyInput,
  at: (spot: Spot) => Instance | null,
): unknown {
  if (kind === 'reference') return at(input as Spot)
  return kind !== 'nested' && isPlainValueType(input) ? valueOfPlain(input) : input
}
