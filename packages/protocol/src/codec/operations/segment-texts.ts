import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'

// A text of a segment is told once: then its number is enough. What is new tells how many characters it shares with the
// beginning of the one that was new before it, as names in a row do. Only ASCII is shared, so that a character is a byte.

/** More would let few bytes stand for many, and its number would take two. */
const sharedCap = 63

/** Shorter beginnings are not worth a string of two parts. */
const sharedLeast = 3

/** Writes the texts of one segment. */
export interface TextWriter {
  write(text: string): void
}

/** Reads the texts of one segment. */
export interface TextReader {
  read(): string
}

export function createTextWriter(writer: ByteWriter): TextWriter {
  // Made at the first text: most segments have none.
  let known: Map<string, number> | null = null
  let last = ''
  return {
    write(text) {
      known ??= new Map()
      const number = known.get(text)
      if (number !== undefined) return writer.varint(number * 2)
      known.set(text, known.size)
      const shared = sharedLength(last, text)
      last = text
      writer.u8(shared * 2 + 1)
      writer.text(shared === 0 ? text : text.slice(shared))
    },
  }
}

export function createTextReader(reader: ByteReader): TextReader {
  const known: string[] = []
  let last = ''
  return {
    read() {
      const head = reader.varint()
      if (head % 2 === 0) {
        const text = known[head / 2]
        if (text === undefined) throw new DecodeFault(`there is no text ${head / 2} yet`)
        return text
      }
      const rest = reader.text()
      last = head === 1 ? rest : beginningOf(last, (head - 1) / 2) + rest
      known.push(last)
      return last
    },
  }
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length, sharedCap)
  let count = 0
  while (count < most && isShared(one.charCodeAt(count), other.charCodeAt(count))) count++
  return count < sharedLeast ? 0 : count
}

function isShared(one: number, other: number): boolean {
  return one === other && one < 0x80
}

function beginningOf(text: string, length: number): string {
  if (length > Math.min(text.length, sharedCap))
    throw new DecodeFault(`no text begins with ${length} characters`)
  for (let at = 0; at < length; at++) {
    if (text.charCodeAt(at) >= 0x80) throw new DecodeFault('texts share more than ASCII')
  }
  return text.slice(0, length)
}
