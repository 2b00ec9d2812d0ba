import {
  type AnyInstanceClass,
  type DataModel,
  type Domain,
  domainsOf,
  everyone,
  type Patch,
} from '@banyan/datamodel'
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

/** `committed` hears of each commit that has operations; it must not throw. */
export function createPatchQueue(game: DataModel, committed: (patch: Patch) => void): PatchQueue {
  let queued: QueuedPatch[] = []
  /** Players for whom something was written that others do not see. */
  const addressed = new Set<Domain>()
  /** What everyone sees of the patches after a `seq`. Clients mostly have the same, so each costs a look-up. */
  const shared = new Map<number, Uint8Array | null>()

  function classNumberOf(id: number): number {
    const made = game.getInstanceById(id)?.constructor as AnyInstanceClass | undefined
    const number = made === undefined ? null : game.definition.classNumberOf(made.schema)
    if (number === null) throw new TypeError(`a commit wrote instance ${id}, which is not in the tree`)
    return number
  }

  function encodeAfter(seq: number, domains: readonly Domain[]): Uint8Array | null {
    const seen = queued.filter(
      (patch) => patch.seq > seq && domains.some((domain) => patch.segments.has(domain)),
    )
    if (seen.length === 0) return null
    return encodePatches(
      seen.map(({ segments, ...stamp }) => ({
        ...stamp,
        segments: domains.map((domain) => segments.get(domain)).filter((segment) => segment !== undefined),
      })),
    )
  }

  return {
    commit({ tick, hasReaders }) {
      const patch = game.commit({ tick })
      const { seq, timeMs, segments } = patch
      if (segments.size === 0) return
      committed(patch)
      if (!hasReaders) return
      const encoded = new Map<Domain, Uint8Array>()
      for (const [domain, operations] of segments) {
        encoded.set(domain, encodeSegment(game.definition, operations, classNumberOf))
        if (domain !== everyone) addressed.add(domain)
      }
      queued.push({ seq, tick, timeMs, segments: encoded })
      shared.clear()
    },
    frameAfter(seq, playerId) {
      if (addressed.has(playerId)) return encodeAfter(seq, domainsOf(playerId))
      let frame = shared.get(seq)
      if (frame === undefined) {
        frame = encodeAfter(seq, [everyone])
        shared.set(seq, frame)
      }
      return frame
    },
    clear() {
      queued = []
      addressed.clear()
      shared.clear()
    },
  }
}
