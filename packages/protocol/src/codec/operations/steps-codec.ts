import { stepsOf, valueOfSteps } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'

// A number with a precision travels as its count of steps. Negative zero is no count, so it announces a number that is
// no multiple of the step, or too far out to count, as a double.

/** Writes a number of double precision; it comes back bit by bit, whether it was rounded or not. */
export function writeSteps(writer: ByteWriter, value: number, precision: number): void {
  const steps = stepsOf(value, precision)
  if (steps !== null && valueOfSteps(steps, precision) === value) return writer.signed(steps)
  writeDouble(writer, value)
}

/** As `writeSteps`, for a number of single precision. */
export function writeSingleSteps(writer: ByteWriter, value: number, precision: number): void {
  const steps = stepsOf(value, precision)
  if (steps !== null && Math.fround(valueOfSteps(steps, precision)) === value) return writer.signed(steps)
  writeDouble(writer, value)
}

/** The other direction of `writeSteps`; round the result to single precision for that of `writeSingleSteps`. */
export function readSteps(reader: ByteReader, precision: number): number {
  const steps = reader.signed()
  return Object.is(steps, -0) ? reader.finite() : valueOfSteps(steps, precision)
}

function writeDouble(writer: ByteWriter, value: number): void {
  writer.signed(-0)
  writer.f64(value)
}
