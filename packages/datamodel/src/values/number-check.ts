import { DataModelError } from '../errors.ts'

/** Returns the number with -0 turned into 0, so that equal values are identical; throws 'invalidValue' for NaN and infinities. */
export function expectFinite(value: number, what: string): number {
  if (Number.isFinite(value)) return value + 0
  throw new DataModelError(
    'invalidValue',
    `cannot make ${what} "${String(value)}": it is not a finite number. Check the numbers, and divisors for zero.`,
  )
}
