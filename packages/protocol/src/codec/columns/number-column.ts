import { stepsOf, valueOfSteps } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type IntPlan, planInts, readInts, writeInts } from './int-column.ts'

/** How a column of numbers is told. */
export const numberForm = Object.freeze({
  /** Singles for a type of single precision, else doubles. */
  plain: 0,
  /** Whole numbers. */
  whole: 1,
  /** Doubles that are singles. */
  single: 2,
  /** Counts of steps. */
  steps: 3,
  /** How many steps each lies from what its readers have. */
  shift: 4,
  /** Of several columns each behind a byte with its own form. */
  mixed: 5,
  /** One number for all, in the plain form. */
  same: 6,
})

/** What a type says of its numbers. */
export interface NumberTraits {
  readonly isSingle: boolean
  readonly precision: number | null
}

/** Numbers and the shortest way to write them. */
export interface NumberPlan {
  readonly form: number
  /** What is written: the numbers, or whole numbers in their place. */
  readonly values: readonly number[]
  readonly ints: IntPlan | null
  readonly size: number
  /** Of numbers that all come back from their steps as they are. */
  readonly steps: readonly number[] | null
}

/** The shortest way to write numbers so that nobody has to know others. */
export function planNumbers(values: readonly number[], { isSingle, precision }: NumberTraits): NumberPlan {
  const size = values.length * (isSingle ? 4 : 8)
  const steps = precision === null ? null : exactSteps(values, isSingle, precision)
  const plain: NumberPlan = { form: numberForm.plain, values, ints: null, size, steps }
  const whole = precision === null ? wholeOf(values) : steps
  if (whole !== null) {
    const ints = planInts(whole)
    const form = precision === null ? numberForm.whole : numberForm.steps
    if (ints.size < size) return { form, values: whole, ints, size: ints.size, steps }
  }
  if (isSame(values))
    return { ...plain, form: numberForm.same, values: values.slice(0, 1), size: isSingle ? 4 : 8 }
  if (isSingle || !areSingles(values)) return plain
  return { ...plain, form: numberForm.single, size: values.length * 4 }
}

/** The same numbers from what all readers have in their place; null where that is no whole number of steps away. */
export function planShift(
  { steps }: NumberPlan,
  before: readonly number[],
  { precision }: NumberTraits,
): NumberPlan | null {
  if (steps === null || precision === null) return null
  const shifts: number[] = []
  for (let at = 0; at < steps.length; at++) {
    const from = stepsOf(before[at] ?? 0, precision)
    if (from === null) return null
    shifts.push((steps[at] ?? 0) - from)
  }
  return shiftPlan(shifts)
}

/** Steps that are known as such. */
export function shiftPlan(shifts: readonly number[]): NumberPlan {
  const ints = planInts(shifts)
  return { form: numberForm.shift, values: shifts, ints, size: ints.size, steps: null }
}

/** Writes the numbers of a plan; neither their count nor the form is told. */
export function writeNumbers(writer: ByteWriter, plan: NumberPlan, { isSingle }: NumberTraits): void {
  const { form, values, ints } = plan
  if (ints !== null) return writeInts(writer, values, ints)
  writer.floats(values, isSingle || form === numberForm.single ? 4 : 8)
}

/** The other direction; of a shift the steps. The caller has checked that so many may come. */
export function readNumbers(
  reader: ByteReader,
  { form, count }: { readonly form: number; readonly count: number },
  { isSingle, precision }: NumberTraits,
): number[] {
  switch (form) {
    case numberForm.plain:
      return reader.floats(count, isSingle ? 4 : 8)
    case numberForm.single:
      return reader.floats(count, 4)
    case numberForm.same: {
      const [value = 0] = reader.floats(Math.min(count, 1), isSingle ? 4 : 8)
      return Array.from({ length: count }, () => value)
    }
    case numberForm.whole: {
      const values = readInts(reader, count)
      return isSingle ? values.map(Math.fround) : values
    }
    case numberForm.steps: {
      const steps = readInts(reader, count)
      if (precision === null) break
      return steps.map((count) => numberAt(count, isSingle, precision))
    }
    case numberForm.shift:
      if (precision === null) break
      return readInts(reader, count)
    default:
  }
  throw new DecodeFault(`there is no such column of numbers: ${form}`)
}

function numberAt(steps: number, isSingle: boolean, precision: number): number {
  const value = valueOfSteps(steps, precision)
  return isSingle ? Math.fround(value) : value
}

function areSingles(values: readonly number[]): boolean {
  for (const value of values) if (Math.fround(value) !== value) return false
  return true
}

function isSame(values: readonly number[]): boolean {
  const [first] = values
  if (values.length < 2) return false
  for (const value of values) if (value !== first) return false
  return true
}

/** Null unless all are whole, which most columns of measured numbers show at once. */
function wholeOf(values: readonly number[]): readonly number[] | null {
  for (const value of values) if (!Number.isSafeInteger(value)) return null
  return values
}

/** Null unless every number comes back from its steps as it is. */
function exactSteps(
  values: readonly number[],
  isSingle: boolean,
  precision: number,
): readonly number[] | null {
  const counts: number[] = []
  for (const value of values) {
    const steps = stepsOf(value, precision)
    if (steps === null || numberAt(steps, isSingle, precision) !== value) return null
    counts.push(steps)
  }
  return counts
}
