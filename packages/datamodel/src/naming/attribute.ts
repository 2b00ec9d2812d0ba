import { lengthProblem } from '../data/plain-value.ts'
import { describeValue } from '../data/value-description.ts'
import { isValueType, type ValueType } from '../values/value-type.ts'

/** What an attribute may hold; null deletes it, so it is no value. */
export type AttributeValue = string | boolean | number | ValueType

const namePattern = /^[A-Za-z0-9./_-]{1,100}$/

/** Null when a name fits an attribute, else what is wrong with it. */
export function attributeNameProblem(name: unknown): string | null {
  if (typeof name !== 'string' || !namePattern.test(name)) {
    return `expected 1 to 100 letters, digits, periods, hyphens, slashes or underscores, got ${describeValue(name)}`
  }
  if (name.startsWith('RBX')) return 'expected a name that does not start with RBX'
  return name === '__proto__' ? 'expected a name other than __proto__' : null
}

/** Null when a value fits an attribute, else what is wrong with it. */
export function attributeValueProblem(value: unknown): string | null {
  if (typeof value === 'string') return lengthProblem(value)
  if (typeof value === 'boolean' || Number.isFinite(value) || isValueType(value)) return null
  if (typeof value === 'number') return `expected a finite number, got ${describeValue(value)}`
  return `expected a string, boolean, number, vector, CFrame or color, got ${describeValue(value)}`
}

/** The normalized form to store: well-formed text, no negative zero. */
export function ownAttributeValue(value: AttributeValue): AttributeValue {
  if (typeof value === 'string') return value.toWellFormed()
  return typeof value === 'number' ? value + 0 : value
}
