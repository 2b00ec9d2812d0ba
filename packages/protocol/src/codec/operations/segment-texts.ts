import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'

// A text of a segment is told once: then its number is enough. What is new tells how many characters it shares with the
// beginning of the one that was new before it, as names in a row do. Only ASCII is shared, so that a character is a byte.

/** More would let few bytes stand for many. */
const sharedCap = 63

/** Shorter beginnings are not worth a string of two parts. */
const sharedLeast = 3

/** A new ending of one to three bytes stands right behind the number that tells of it; a longer one, or none, is a text. */
const endingLengths = 4

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
      writeNew(writer, shared, shared === 0 ? text : text.slice(shared))
    },
  }
}

function writeNew(writer: ByteWriter, shared: number, ending: string): void {
  const length = shortLength(ending)
  writer.varint((shared * endingLengths + length) * 2 + 1)
  if (length === 0) return writer.text(ending)
  for (let at = 0; at < length; at++) writer.u8(ending.charCodeAt(at))
}

/** 0 for an ending that is told as a text. */
function shortLength(ending: string): number {
  const { length } = ending
  if (length >= endingLengths) return 0
  for (let at = 0; at < length; at++) if (ending.charCodeAt(at) >= 0x80) return 0
  return length
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
      const told = (head - 1) / 2
      const length = told % endingLengths
      const ending = length === 0 ? reader.text() : reader.textOf(length)
      const shared = Math.floor(told / endingLengths)
      last = shared === 0 ? ending : beginningOf(last, shared) + ending
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
  const beginning = text.slice(0, length)
  let isAscii = beginning.length === length && length <= sharedCap
  for (let at = 0; at < length && isAscii; at++) isAscii = text.charCodeAt(at) < 0x80
  if (!isAscii) throw new DecodeFault(`no text begins with ${length} characters of ASCII`)
  return beginning
}
