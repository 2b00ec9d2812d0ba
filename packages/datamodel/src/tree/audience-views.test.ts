import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createThingTree, historySteps, playHistory } from '../../fixtures/patch-history.ts'
import { applySnapshot } from '../replica/apply-snapshot.ts'
import { replicaView } from '../replica/replica-view.ts'
import { domainViewsOf, viewByAudience } from './audience-views.ts'
import { meets } from './domain.ts'
import type { SnapshotOperation } from './operation.ts'
import { view } from './view.ts'

/** What a replica shows that was told this. */
function shown(snapshot: Parameters<typeof view>[0], creates: readonly SnapshotOperation[]) {
  const replica = createThingTree('client')
  applySnapshot(replica, { ...snapshot, operations: creates, tree: 'same' })
  return replicaView(replica)
}

const timeoutMs = 60_000

test("VW24 what a player meets the conditions of is together the player's view", {
  timeout: timeoutMs,
}, () => {
  fc.assert(
    fc.property(historySteps, (steps) => {
      const { history, playerIds } = playHistory(steps)
      for (const { snapshot } of history.slice(-3)) {
        const all = [...viewByAudience(snapshot)]
        for (const playerId of [null, ...playerIds]) {
          const met = (playerId === null ? null : snapshot.audiences.get(playerId)) ?? []
          const seen = all.filter(({ conditions }) => meets(met, conditions))
          const operations = seen.map(({ operation }) => operation)
          expect(shown(snapshot, operations)).toEqual(view(snapshot, playerId))
        }
      }
    }),
    { numRuns: 100 },
  )
})

test("VW25 what a stranger sees and a player's domains are together the player's view", {
  timeout: timeoutMs,
}, () => {
  fc.assert(
    fc.property(historySteps, (steps) => {
      const { game, playerIds } = playHistory(steps)
      const { snapshot } = game
      for (const playerId of playerIds) {
        const views = domainViewsOf(game, playerId)
        const own = views.flatMap((domain) => domain.operations())
        expect(shown(snapshot, [...view(snapshot, null), ...own])).toEqual(view(snapshot, playerId))
        expect(own.length).toBeLessThanOrEqual(views.reduce((sum, { size }) => sum + size, 0))
      }
    }),
    { numRuns: 100 },
  )
})
