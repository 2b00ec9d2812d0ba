import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'

/** Writes a bit for each row, the lowest of a byte first. */
export function writePresence(writer: ByteWriter, rows: readonly boolean[]): void {
  for (let start = 0; start < rows.length; start += 8) {
    let byte = 0
    for (let bit = 0; bit < 8; bit++) if (rows[start + bit] === true) byte |= 1 << bit
    writer.u8(byte)
  }
}

/** The other direction of `writePresence`. */
export function readPresence(reader: ByteReader, count: number): boolean[] {
  const bytes = reader.raw(Math.ceil(count / 8))
  const rows: boolean[] = []
  for (let row = 0; row < count; row++) rows.push((((bytes[row >> 3] ?? 0) >> (row & 7)) & 1) === 1)
  return rows
}
