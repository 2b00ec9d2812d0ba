import { describeValue } from '../data/value-description.ts'
import { roundToPrecision } from './precision.ts'
import {
  createPropertyType,
  type NumberOptions,
  type PropertyType,
  type ValueOptions,
  valueOptions,
} from './property-type.ts'

/** Whole numbers that a double holds exactly: up to 2^53 - 1 either way. */
export function int(defaultValue = 0, options: ValueOptions = {}): PropertyType<number> {
  return createPropertyType({
    kind: 'int',
    defaultValue,
    options: valueOptions(options),
    problem: (value) =>
      Number.isSafeInteger(value) ? null : `expected an integer, got ${describeValue(value)}`,
    own: withoutNegativeZero,
    same: isSameNumber,
  })
}

/** Finite numbers in double precision, all of it on the wire unless `precision` says less. */
export function float(defaultValue = 0, options: NumberOptions = {}): PropertyType<number> {
  return createPropertyType({
    kind: 'float',
    defaultValue,
    options,
    problem: (value) =>
      Number.isFinite(value) ? null : `expected a finite number, got ${describeValue(value)}`,
    own: withoutNegativeZero,
    same: isSameNumber,
    round: roundToPrecision,
  })
}

/** Finite numbers in single precision: about seven digits in four bytes. Writes are rounded to it at once. */
export function float32(defaultValue = 0, options: NumberOptions = {}): PropertyType<number> {
  return createPropertyType({
    kind: 'float32',
    defaultValue,
    options,
    problem: (value) =>
      typeof value === 'number' && Number.isFinite(Math.fround(value))
        ? null
        : `expected a finite number of single precision, got ${describeValue(value)}`,
    // What is too small for a single becomes a zero, below zero a negative one.
    own: (value) => withoutNegativeZero(Math.fround(value)),
    same: isSameNumber,
    round: roundSingle,
  })
}

/** Of numbers that are stored, none of which is NaN or a negative zero: one comparison, which knows that it gets numbers. */
function isSameNumber(one: number, other: number): boolean {
  return one === other
}

function roundSingle(value: number, precision: number): number {
  const rounded = Math.fround(roundToPrecision(value, precision))
  // Where singles lie further apart than the precision, another round could move on.
  return Math.fround(roundToPrecision(rounded, precision)) === rounded ? rounded : value
}

function withoutNegativeZero(value: number): number {
  return value + 0
}
