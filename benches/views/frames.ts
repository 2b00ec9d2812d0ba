import type { MutableEntity } from '../world/entity.ts'
import { applyMoves, decodeWorld, isWorld } from '../world/systems/ws/frames.ts'
import { type GridWork, indexesIn } from './grid.ts'

// The floor's frame is a list of pieces that were encoded once each: a length and a frame of the floor's world, or a
// length of zero and a cell that goes out of view.

const departureBytes = 2

/** A cell whole, or the moves within it: ready to be put into any viewer's frame. */
export function pieceOf(frame: Buffer): Buffer {
  const piece = Buffer.allocUnsafeSlow(4 + frame.length)
  piece.writeUInt32LE(frame.length, 0)
  piece.set(frame, 4)
  return piece
}

export function departureOf(cell: number): Buffer {
  const piece = Buffer.alloc(4 + departureBytes)
  piece.writeUInt16LE(cell, 4)
  return piece
}

/** Entities at their index; none for those that are out of view. */
export type Seen = (MutableEntity | undefined)[]

export function applyPieces(bytes: Buffer, { seen, work }: { seen: Seen; work: GridWork }): void {
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at)
    const end = at + 4 + (length === 0 ? departureBytes : length)
    const body = bytes.subarray(at + 4, end)
    if (length === 0) for (const index of indexesIn(body.readUInt16LE(), work)) seen[index] = undefined
    else if (isWorld(body)) for (const entity of decodeWorld(body)) seen[indexOf(entity)] = entity
    else applyMoves(body, seen)
    at = end
  }
}

/** Entities are called by their index. */
export function indexOf({ name }: { readonly name: string }): number {
  return Number(name.slice(name.indexOf(' ') + 1))
}
