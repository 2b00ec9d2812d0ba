import { Folder, NumberValue, replicaView, view } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../integration/test-place.ts'

const definition = defineGame({})

test('PL1 a client gets the tree at its join, and then what changes, one frame a tick', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const value = new NumberValue({ name: 'Laps', parent: place.game.getService('Workspace') })
  const ana = await join()
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
  value.value = 3
  new Folder({ name: 'New', parent: value })
  const before = ana.frames.length
  await tick()
  expect(ana.frames.length).toBe(before + 1)
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
})
