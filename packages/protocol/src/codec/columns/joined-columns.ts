import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type NumberPlan, type NumberTraits, numberForm, readNumbers, writeNumbers } from './number-column.ts'

/** The form of a column and how many values it has, which the caller has checked. */
export interface ColumnHead {
  readonly form: number
  readonly count: number
}

/** Columns of numbers that are ready to be written behind their form. */
export interface JoinedPlan {
  readonly form: number
  write(target: { readonly writer: ByteWriter }): void
}

/** One column behind the other; where their forms differ, each behind its own. */
export function joined(plans: readonly NumberPlan[], traits: NumberTraits): JoinedPlan {
  const form = plans[0]?.form ?? 0
  const isMixed = plans.some((plan) => plan.form !== form)
  return {
    form: isMixed ? numberForm.mixed : form,
    write: ({ writer }) => {
      for (const plan of plans) {
        if (isMixed) writer.u8(plan.form)
        writeNumbers(writer, plan, traits)
      }
    },
  }
}

/** What the columns take, without their forms. */
export function sizeOf(plans: readonly NumberPlan[]): number {
  return plans.reduce((sum, { size }) => sum + size, 0)
}

/** The other direction of `joined`, of so many columns. */
export function readJoined(
  reader: ByteReader,
  column: { readonly head: ColumnHead; readonly traits: NumberTraits; readonly width: number },
): number[][] {
  const { head, traits, width } = column
  const parts: number[][] = []
  for (let at = 0; at < width; at++) {
    const isMixed = head.form === numberForm.mixed
    const form = isMixed ? reader.u8() : head.form
    if (isMixed && form === numberForm.shift) throw new DecodeFault('a column is a shift in part')
    parts.push(readNumbers(reader, { form, count: head.count }, traits))
  }
  return parts
}
