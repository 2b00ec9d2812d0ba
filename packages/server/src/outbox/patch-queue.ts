import { type AnyInstanceClass, type DataModel, type Domain, domainsOf } from '@banyan/datamodel'
import { encodePatches, encodeSegment, type PatchStamp } from '@banyan/protocol'

/** The committed patches that some client still has to get, each domain encoded once. */
export interface PatchQueue {
  /** Commits; encodes only while somebody is there to read. */
  commit(at: { readonly tick: number; readonly hasReaders: boolean }): void
  /** A frame of what the player sees of the patches after `seq`, or null when that is nothing. Shared: not to be written to. */
  frameAfter(seq: number, playerId: number): Uint8Array | null
  /** Everyone has everything. */
  clear(): void
}

interface QueuedPatch extends PatchStamp {
  readonly segments: ReadonlyMap<Domain, Uint8Array>
}

export function createPatchQueue(game: DataModel): PatchQueue {
  let queued: QueuedPatch[] = []
  /** Frames for players who see only what everyone sees, by the first patch in them. */
  let shared = new Map<number, Uint8Array>()

  function classNumberOf(id: number): number {
    const made = game.getInstanceById(id)?.constructor as AnyInstanceClass | undefined
    const number = made === undefined ? null : game.definition.classNumberOf(made.schema)
    if (number === null) throw new TypeError(`a commit wrote instance ${id}, which is not in the tree`)
    return number
  }

  return {
    commit({ tick, hasReaders }) {
      const { seq, timeMs, segments } = game.commit({ tick })
      if (!hasReaders || segments.size === 0) return
      const encoded = new Map<Domain, Uint8Array>()
      for (const [domain, operations] of segments) {
        encoded.set(domain, encodeSegment(game.definition, operations, classNumberOf))
      }
      queued.push({ seq, tick, timeMs, segments: encoded })
      shared = new Map()
    },
    frameAfter(seq, playerId) {
      const domains = domainsOf(playerId)
      const seen = queued.filter(
        (patch) => patch.seq > seq && domains.some((domain) => patch.segments.has(domain)),
      )
      const [first] = seen
      if (first === undefined) return null
      const isShared = seen.every(({ segments }) => !segments.has(playerId))
      const known = isShared ? shared.get(first.seq) : undefined
      if (known !== undefined) return known
      const frame = encodePatches(
        seen.map(({ segments, ...stamp }) => ({
          ...stamp,
          segments: domains.map((domain) => segments.get(domain)).filter((segment) => segment !== undefined),
        })),
      )
      if (isShared) shared.set(first.seq, frame)
      return frame
    },
    clear() {
      queued = []
      shared = new Map()
    },
  }
}
