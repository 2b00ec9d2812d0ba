import { isDeepStrictEqual } from 'node:util'
import { isPlainObject } from '@banyan/datamodel'

/** Whether a value is the wanted one, where the wanted one may hold matchers such as `expect.any(Number)`. */
export function matches(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'object' && wanted !== null && 'asymmetricMatch' in wanted) {
    return typeof wanted.asymmetricMatch === 'function' && wanted.asymmetricMatch(actual) === true
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((each, index) => matches(actual[index], each))
    )
  }
  if (typeof wanted === 'object' && wanted !== null && isPlainObject(wanted)) {
    if (typeof actual !== 'object' || actual === null || !isPlainObject(actual)) return false
    const [has, wants] = [new Map(Object.entries(actual)), Object.entries(wanted)]
    return (
      has.size === wants.length && wants.every(([key, each]) => has.has(key) && matches(has.get(key), each))
    )
  }
  return isDeepStrictEqual(actual, wanted)
}
