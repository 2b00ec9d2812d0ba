import { CFrame, Color3, type PropertyType, stepCountOf, Vector2, Vector3 } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import type { TextWriter } from '../operations/segment-texts.ts'
import { writeNested } from '../values/value-writer.ts'
import { planFrames } from './frame-column.ts'
import { planInts, writeInts } from './int-column.ts'
import { joined, sizeOf } from './joined-columns.ts'
import { type NumberPlan, planNumbers, planShift, shiftPlan, writeNumbers } from './number-column.ts'
import { colorForm, partsOf } from './value-parts.ts'

/** Where columns go. */
export interface ColumnTarget {
  readonly writer: ByteWriter
  readonly texts: TextWriter
}

/** A column that is ready to be written behind its form. */
export interface ColumnPlan {
  readonly form: number
  write(target: ColumnTarget): void
}

/** The values of one property of many instances. */
export interface ColumnValues {
  readonly values: readonly unknown[]
  /** What all readers have in place of each value; null where that is not known of every one. */
  readonly before: readonly unknown[] | null
}

/** Chooses how to tell values of a type. Throws `unencodable` for a value of another type. */
export function planColumn(type: PropertyType<unknown>, { values, before }: ColumnValues): ColumnPlan {
  switch (type.kind) {
    case 'float32':
    case 'float':
      return planScalars(type, expectNumbers(type, values), before)
    case 'vector2':
    case 'vector3':
      return planParts(type, values, before)
    case 'int':
      return intColumn(values.map((value) => expectNumber(type, value) + 0))
    case 'bool':
      return intColumn(values.map((value) => (value === true ? 1 : 0)))
    case 'oneOf':
      return intColumn(values.map((value) => choiceOf(type, value)))
    case 'reference':
      return intColumn(values.map((value) => (value === null ? 0 : expectNumber(type, value))))
    case 'string': {
      const texts = values.map((value) => expectText(type, value))
      return { form: 0, write: (target) => writeEach(texts, (text) => target.texts.write(text)) }
    }
    case 'cframe':
      return planFrames(
        type,
        values.map((value) => expectOf(type, CFrame, value)),
        before?.map((value) => expectOf(type, CFrame, value)) ?? null,
      )
    case 'color3':
      return planColors(values.map((value) => expectOf(type, Color3, value)))
    case 'nested':
      return {
        form: 0,
        write: (target) => writeEach(values, (value) => writeNested(target, value, 'value')),
      }
  }
}

/** A column of steps that are known as such: for each value as many as its type has numbers. */
export function planSteps(type: PropertyType<unknown>, steps: readonly (readonly unknown[])[]): ColumnPlan {
  const width = stepCountOf(type)
  if (width === 0) throw mismatch(type, steps)
  const plans = Array.from({ length: width }, (_, at) =>
    shiftPlan(steps.map((counts) => expectNumber(type, counts[at]))),
  )
  return joined(plans, partsOf(type))
}

/** One part alone needs none of the lists of several. */
function planScalars(
  type: PropertyType<unknown>,
  values: readonly number[],
  before: readonly unknown[] | null,
): ColumnPlan {
  const traits = { isSingle: type.kind === 'float32', precision: type.precision }
  let plan = planNumbers(values, traits)
  const shift = before === null ? null : planShift(plan, expectNumbers(type, before), traits)
  if (shift !== null && shift.size < plan.size) plan = shift
  return { form: plan.form, write: ({ writer }) => writeNumbers(writer, plan, traits) }
}

function planParts(
  type: PropertyType<unknown>,
  values: readonly unknown[],
  before: readonly unknown[] | null,
): ColumnPlan {
  const parts = partsOf(type)
  const plans = parts.take.map((take) => planNumbers(numbersOf(type, values, take), parts))
  if (before === null || parts.precision === null) return joined(plans, parts)
  const shifts: NumberPlan[] = []
  for (const [at, plan] of plans.entries()) {
    const shift = planShift(plan, numbersOf(type, before, parts.take[at] ?? Number), parts)
    if (shift !== null) shifts.push(shift)
  }
  const isShorter = shifts.length === plans.length && sizeOf(shifts) < sizeOf(plans)
  return joined(isShorter ? shifts : plans, parts)
}

function numbersOf(
  type: PropertyType<unknown>,
  values: readonly unknown[],
  take: (value: unknown) => number,
): readonly number[] {
  const made = type.kind === 'vector2' ? Vector2 : Vector3
  const numbers: number[] = []
  for (const value of values) {
    if (!(value instanceof made)) throw mismatch(type, value)
    numbers.push(take(value))
  }
  return numbers
}

function expectNumbers(type: PropertyType<unknown>, values: readonly unknown[]): readonly number[] {
  for (const value of values) expectNumber(type, value)
  return values as readonly number[]
}

function planColors(colors: readonly Color3[]): ColumnPlan {
  const parts = colors.flatMap(({ r, g, b }) => [r, g, b])
  if (parts.every((part) => Math.round(part * 255) / 255 === part)) {
    return {
      form: colorForm.bytes,
      write: ({ writer }) => writeEach(parts, (part) => writer.u8(Math.round(part * 255))),
    }
  }
  return { form: colorForm.doubles, write: ({ writer }) => writeEach(parts, (part) => writer.f64(part)) }
}

function intColumn(values: readonly number[]): ColumnPlan {
  const plan = planInts(values)
  return { form: 0, write: ({ writer }) => writeInts(writer, values, plan) }
}

function writeEach<Value>(values: readonly Value[], write: (value: Value) => void): void {
  for (const value of values) write(value)
}

function choiceOf(type: PropertyType<unknown>, value: unknown): number {
  const number = typeof value === 'string' ? type.choices?.indexOf(value) : undefined
  if (number === undefined || number < 0) throw mismatch(type, value)
  return number
}

function expectNumber(type: PropertyType<unknown>, value: unknown): number {
  if (typeof value === 'number') return value
  throw mismatch(type, value)
}

function expectText(type: PropertyType<unknown>, value: unknown): string {
  if (typeof value === 'string') return value
  throw mismatch(type, value)
}

function expectOf<Made>(
  type: PropertyType<unknown>,
  made: abstract new (...parts: never[]) => Made,
  value: unknown,
): Made {
  if (value instanceof made) return value
  throw mismatch(type, value)
}

function mismatch({ kind }: PropertyType<unknown>, value: unknown): ProtocolError {
  return new ProtocolError(
    'unencodable',
    `cannot write a ${typeof value} as a property of type "${kind}": it is of another type. Encode operations with the definition that they were made with.`,
  )
}
