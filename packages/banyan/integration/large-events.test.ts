// Reliable events of some size, to clients that read them as fast as they come.
import { createTestPlace } from '@banyan/testing/vitest'
import { defineGame, defineRemotes, toClient } from 'banyan'
import { string } from 'valibot'
import { expect, test } from 'vitest'

const remotes = defineRemotes({ told: toClient(string()) })
const definition = defineGame({ remotes })

test('ST6 SE14 who reads large events as fast as they come is not taken for a slow reader', async () => {
  await using place = await createTestPlace({ definition, players: ['ana'] })
  const { client } = place.player('ana')
  const states: string[] = []
  client.onState(() => states.push(client.state.kind))
  const lengths: number[] = []
  client.remote(remotes.told).onClientEvent.connect((text) => lengths.push(text.length))
  for (let count = 0; count < 60; count += 1) {
    place.remote(remotes.told).fireAllClients('x'.repeat(12_000))
    await place.tick()
  }
  expect(lengths).toEqual(Array.from({ length: 60 }, () => 12_000))
  expect(states).toEqual([])
})
