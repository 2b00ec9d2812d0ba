import type { Entity, MutableEntity } from '../../entity.ts'
import type { Move } from '../../moves.ts'

// A fixed codec for this one world, as small and as quick as it gets without being a design. A frame's first byte tells
// the kind: a patch is an array of records (u16 index, three f32), a world one of (four f32, u8 hp, u8 length, name).

const kinds = Object.freeze({ world: 0, moves: 1 })
const moveBytes = 14

/** A fresh buffer each time: a socket may still hold the last one. */
export function encodeMoves(moves: readonly Move[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(1 + moves.length * moveBytes)
  const view = new DataView(bytes.buffer)
  bytes[0] = kinds.moves
  let at = 1
  for (const { index, x, y, z } of moves) {
    view.setUint16(at, index, true)
    view.setFloat32(at + 2, x, true)
    view.setFloat32(at + 6, y, true)
    view.setFloat32(at + 10, z, true)
    at += moveBytes
  }
  return bytes
}

/** Names are ASCII, and shorter than 32 characters. */
export function encodeWorld(entities: readonly Entity[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(1 + entities.length * 50)
  const view = new DataView(bytes.buffer)
  bytes[0] = kinds.world
  let at = 1
  for (const { name, x, y, z, rotation, hp } of entities) {
    view.setFloat32(at, x, true)
    view.setFloat32(at + 4, y, true)
    view.setFloat32(at + 8, z, true)
    view.setFloat32(at + 12, rotation, true)
    bytes[at + 16] = hp
    bytes[at + 17] = name.length
    at += 18 + bytes.write(name, at + 18, 'latin1')
  }
  return bytes.subarray(0, at)
}

/** Whether a frame brings all entities anew. */
export function isWorld(bytes: Buffer): boolean {
  return bytes[0] === kinds.world
}

/** Writes what a patch says into the entities. */
export function applyMoves(bytes: Buffer, entities: readonly (MutableEntity | undefined)[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 1; at < bytes.length; at += moveBytes) {
    const entity = entities[view.getUint16(at, true)]
    if (entity === undefined) throw new Error('a patch names an entity that is not there')
    entity.x = view.getFloat32(at + 2, true)
    entity.y = view.getFloat32(at + 6, true)
    entity.z = view.getFloat32(at + 10, true)
  }
}

export function decodeWorld(bytes: Buffer): MutableEntity[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const entities: MutableEntity[] = []
  for (let at = 1; at < bytes.length; ) {
    const end = at + 18 + view.getUint8(at + 17)
    entities.push({
      name: bytes.toString('latin1', at + 18, end),
      x: view.getFloat32(at, true),
      y: view.getFloat32(at + 4, true),
      z: view.getFloat32(at + 8, true),
      rotation: view.getFloat32(at + 12, true),
      hp: view.getUint8(at + 16),
    })
    at = end
  }
  return entities
}
