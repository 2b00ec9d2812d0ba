import { ByteReader } from './byte-reader.ts'
import { DecodeFault } from './decode-fault.ts'

/** What a decoder hands back: the value, or in words what is wrong with the bytes. */
export type Decoded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string }

/** Runs a reading function over bytes: its faults, and bytes that it leaves unread, become a problem; nothing is thrown. */
export function decodeWhole<Value>(bytes: Uint8Array, read: (reader: ByteReader) => Value): Decoded<Value> {
  const reader = new ByteReader(bytes)
  try {
    const value = read(reader)
    if (reader.remaining > 0) return { ok: false, problem: `${reader.remaining} bytes too many` }
    return { ok: true, value }
  } catch (error) {
    if (error instanceof DecodeFault) return { ok: false, problem: error.message }
    throw error
  }
}
