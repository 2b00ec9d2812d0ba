import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createThingTree,
  type HistoryEntry,
  historySteps,
  playHistory,
} from '../../fixtures/patch-history.ts'
import { applyPatch } from '../replica/apply-patch.ts'
import { applySnapshot } from '../replica/apply-snapshot.ts'
import { replicaView } from '../replica/replica-view.ts'
import type { DataModel } from './data-model.ts'
import { type AudienceId, type Domain, meets } from './domain.ts'
import type { Create } from './operation.ts'
import { operationsFor } from './patch-shares.ts'
import type { Segment } from './segment.ts'
import { describeValues, separateSkipping } from './skipping-values.ts'
import { view } from './view.ts'

/** A player who goes without what may skip now and then, and remembers what of it was written. */
function createReader(playerId: number) {
  const replica = createThingTree('client')
  const owed = new Map<Domain, { readonly conditions: readonly AudienceId[]; readonly ids: Set<number> }>()
  let hasAll = false

  function take(game: DataModel, { patch, snapshot }: HistoryEntry, isCongested: boolean): void {
    const met = snapshot.audiences.get(playerId)
    if (met === undefined) return
    if (!hasAll) {
      hasAll = true
      return void applySnapshot(replica, { ...snapshot, operations: view(snapshot, playerId), tree: 'same' })
    }
    const segments = new Map<Domain, Segment>()
    for (const [domain, segment] of patch.segments) {
      const { kept, skipping } = separateSkipping(segment)
      segments.set(domain, { ...kept, restCauses: [] })
      const conditions = patch.conditions.get(domain) ?? []
      const { ids } = owed.get(domain) ?? { ids: new Set() }
      owed.set(domain, { conditions, ids: new Set([...ids, ...skipping.flatMap((run) => run.ids)]) })
    }
    const operations = [...operationsFor({ ...patch, segments }, playerId)]
    if (!isCongested) {
      for (const [domain, { conditions, ids }] of owed) {
        if (!meets(met, conditions)) continue
        const wanted = [...ids].map((id) => [id, [1]] as const)
        operations.push(...(describeValues(game, domain, wanted) ?? []))
      }
      owed.clear()
    }
    applyPatch(replica, { ...snapshot, operations })
    const [shown, has] = [view(snapshot, playerId), replicaView(replica)]
    if (isCongested) expect(withoutOther(has)).toEqual(withoutOther(shown))
    else expect(has).toEqual(shown)
  }

  return { take }
}

/** All but the property of things that may skip. */
function withoutOther(creates: readonly Create[]): readonly Create[] {
  return creates.map((create) => ({ ...create, properties: create.properties.filter(([at]) => at !== 1) }))
}

describe('values that may skip', () => {
  it('SV1 SV2 may be told later, as they are then, and leave a replica as all patches do', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(historySteps, fc.infiniteStream(fc.boolean()), (steps, congestion) => {
        const readers = new Map<number, ReturnType<typeof createReader>>()
        playHistory(steps, (game, entry) => {
          for (const [playerId] of entry.snapshot.audiences) {
            const reader = readers.get(playerId) ?? createReader(playerId)
            readers.set(playerId, reader)
            reader.take(game, entry, congestion.next().value === true)
          }
        })
      }),
      { numRuns: 300 },
    )
  })

  it('SV3 are not described while something has left the tree that the commit had', () => {
    const { game } = playHistory([{ kind: 'make', a: 0, b: 1 }])
    const thing = game.getDescendants().find(({ className }) => className === 'Thing')
    if (thing === undefined) throw new Error('there is a thing')
    const wanted = [[thing.id, [1]]] as const
    expect(describeValues(game, 0, wanted)).toEqual([{ kind: 'set', id: thing.id, properties: [[1, 7]] }])
    thing.parent = null
    expect(describeValues(game, 0, wanted)).toBeNull()
    game.commit({ tick: 2 })
    expect(describeValues(game, 0, wanted)).toEqual([])
  })
})
