import { type DataModel, type Domain, domainViewsOf } from '@banyan/datamodel'
import type { EncodedPatch } from '@banyan/protocol'
import { encodeSegmentAt } from '../outbox/segment-at.ts'
import { weightOf } from './weight.ts'

/** What players see beyond what everyone does, as of the last commit: each domain encoded once for all who see it. */
export interface OwnParts {
  /** Whether all of it may be encoded at a stretch. Looks at no more than may. */
  fit(playerId: number): boolean
  /** The patches with all of it in the last one. */
  addTo(patches: readonly EncodedPatch[], playerId: number): readonly EncodedPatch[]
}

/** A stretch has so many instances, or large ones that count as many. */
export function createOwnParts(game: DataModel, stretchInstances: number): OwnParts {
  let encodedSeq = 0
  const encoded = new Map<Domain, Uint8Array>()

  function segmentsFor(playerId: number): readonly Uint8Array[] {
    const { snapshot } = game
    if (encodedSeq !== snapshot.seq) encoded.clear()
    encodedSeq = snapshot.seq
    return domainViewsOf(game, playerId).map(({ domain, operations }) => {
      const segment = encoded.get(domain) ?? encodeSegmentAt(snapshot, operations())
      encoded.set(domain, segment)
      return segment
    })
  }

  return {
    fit(playerId) {
      const views = domainViewsOf(game, playerId)
      if (views.reduce((sum, { size }) => sum + size, 0) > stretchInstances) return false
      let weight = 0
      for (const { operations } of views) {
        for (const operation of operations()) weight += weightOf(operation)
      }
      return weight <= stretchInstances
    },
    addTo(patches, playerId) {
      const segments = segmentsFor(playerId)
      if (segments.length === 0) return patches
      const { seq, tick, timeMs } = game.snapshot
      const last = patches.at(-1)
      if (last?.seq !== seq) return [...patches, { seq, tick, timeMs, segments }]
      return [...patches.slice(0, -1), { ...last, segments: [...last.segments, ...segments] }]
    },
  }
}
