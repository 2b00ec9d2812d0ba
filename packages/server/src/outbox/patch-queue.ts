import { type DataModel, isEmptyPatch, type Patch } from '@banyan/datamodel'
import { encodePatches, type PatchStamp } from '@banyan/protocol'
import { encodePieces, type PatchPieces, type Piece } from './patch-pieces.ts'

/** The committed patches that some client still has to get, each part encoded once. */
export interface PatchQueue {
  /** Commits; encodes only while somebody is there to read. */
  commit(at: { readonly tick: number; readonly hasReaders: boolean }): void
  /** A frame of what the player sees of the patches after `seq`, or null when that is nothing. Shared: not to be written to. */
  frameAfter(seq: number, playerId: number): Uint8Array | null
  /** Everyone has everything. */
  clear(): void
}

interface QueuedPatch {
  readonly stamp: PatchStamp
  readonly pieces: PatchPieces
}

/** `committed` hears of each commit that has operations; it must not throw. */
export function createPatchQueue(game: DataModel, committed: (patch: Patch) => void): PatchQueue {
  let queued: QueuedPatch[] = []
  /** Frames by what they are made of: those who see the same of the same patches share one. */
  const shared = new Map<string, Uint8Array>()

  function encode(seen: readonly (readonly [PatchStamp, readonly Piece[]])[]): Uint8Array {
    return encodePatches(
      seen.map(([stamp, pieces]) => ({ ...stamp, segments: pieces.map(({ bytes }) => bytes) })),
    )
  }

  return {
    commit({ tick, hasReaders }) {
      const patch = game.commit({ tick })
      if (isEmptyPatch(patch)) return
      committed(patch)
      if (!hasReaders) return
      const { seq, timeMs } = patch
      queued.push({ stamp: { seq, tick, timeMs }, pieces: encodePieces(game, patch) })
    },
    frameAfter(seq, playerId) {
      const seen: [PatchStamp, readonly Piece[]][] = []
      let key = ''
      for (const { stamp, pieces } of queued) {
        if (stamp.seq <= seq) continue
        const mine = pieces.forPlayer(playerId)
        if (mine.length === 0) continue
        seen.push([stamp, mine])
        key += `${stamp.seq}:`
        for (const { number } of mine) key += `${number},`
      }
      if (seen.length === 0) return null
      let frame = shared.get(key)
      if (frame === undefined) {
        frame = encode(seen)
        shared.set(key, frame)
      }
      return frame
    },
    clear() {
      queued = []
      shared.clear()
    },
  }
}
