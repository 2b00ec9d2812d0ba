import type { MutableEntity } from '../world/entity.ts'
import { applyFrame } from '../world/systems/ws/frames.ts'
import { type GridWork, indexesIn } from './grid.ts'

// The floor's frame is a list of pieces that were encoded once each: a length and a frame of the floor's world, or a
// length of zero and a cell that goes out of view.

/** A cell whole, or the moves within it: ready to be put into any viewer's frame. */
export function pieceOf(frame: Buffer): Buffer {
  const piece = Buffer.allocUnsafeSlow(4 + frame.length)
  piece.writeUInt32LE(frame.length, 0)
  piece.set(frame, 4)
  return piece
}

export function departureOf(cell: number): Buffer {
  const piece = Buffer.alloc(6)
  piece.writeUInt16LE(cell, 4)
  return piece
}

/** Entities at their index, with holes for those that are out of view. */
export type Seen = MutableEntity[]

export function applyPieces(bytes: Buffer, { seen, work }: { seen: Seen; work: GridWork }): void {
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at)
    if (length === 0) {
      for (const index of indexesIn(bytes.readUInt16LE(at + 4), work)) delete seen[index]
      at += 6
      continue
    }
    const applied = applyFrame(bytes.subarray(at + 4, at + 4 + length), seen)
    if (applied !== seen) for (const entity of applied) seen[indexOf(entity)] = entity
    at += 4 + length
  }
}

/** Entities are called by their index. */
export function indexOf({ name }: { readonly name: string }): number {
  return Number(name.slice(name.indexOf(' ') + 1))
}
