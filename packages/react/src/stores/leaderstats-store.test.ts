import { addPlayer, DataModel, Folder, IntValue, serverAuthority } from '@banyan/datamodel'
import { createManualClock, defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createLeaderstatsStore } from './leaderstats-store.ts'

test('HK17: a snapshot that is read while a patch is told does not hide what the patch brought', () => {
  const game = new DataModel({
    definition: defineGame({}),
    authority: serverAuthority,
    clock: createManualClock(),
    report: (error) => {
      throw error
    },
  })
  const player = addPlayer(game, { userId: 'ana', name: 'Ana' })
  const leaderstats = new Folder({ name: 'leaderstats', parent: player })
  game.commit({ tick: 1 })
  const store = createLeaderstatsStore(game.getService('Players'))
  // Such as a component that renders at once, by flushSync.
  leaderstats.observe(() => void store.snapshot())
  let changes = 0
  const stop = store.subscribe(() => {
    changes += 1
  })
  const points = new IntValue({ name: 'Points', value: 1, parent: leaderstats })
  game.commit({ tick: 2 })
  expect(store.snapshot().rows[0]?.values.Points).toBe(1)
  const before = changes
  points.value = 2
  game.commit({ tick: 3 })
  expect([changes - before, store.snapshot().rows[0]?.values.Points]).toEqual([1, 2])
  stop()
})
