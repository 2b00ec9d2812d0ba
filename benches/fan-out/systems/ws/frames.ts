import type { Entity, Move } from '../../world.ts'

// A fixed codec for this one world, as small and as quick as it gets without being a design: a patch is an array of
// records (u16 index, three f32), the world at joining is JSON text.

const recordBytes = 14

/** A fresh buffer each time: a socket may still hold the last one. */
export function encodeMoves(moves: readonly Move[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(moves.length * recordBytes)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const { index, x, y, z } of moves) {
    view.setUint16(at, index, true)
    view.setFloat32(at + 2, x, true)
    view.setFloat32(at + 6, y, true)
    view.setFloat32(at + 10, z, true)
    at += recordBytes
  }
  return bytes
}

/** Writes what a patch says into the entities. */
export function applyMoves(
  bytes: Buffer,
  entities: readonly { -readonly [Key in keyof Entity]: Entity[Key] }[],
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at < bytes.length; at += recordBytes) {
    const entity = entities[view.getUint16(at, true)]
    if (entity === undefined) throw new Error('a patch names an entity that is not there')
    entity.x = view.getFloat32(at + 2, true)
    entity.y = view.getFloat32(at + 6, true)
    entity.z = view.getFloat32(at + 10, true)
  }
}
