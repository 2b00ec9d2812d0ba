// R4: two hundred clients whose lines break every one to five seconds, for five minutes of virtual time. They are in
// four places, since what a resumption costs grows with the crowd around it.
import { defineGame, defineRemotes, toClient, toServer } from '@banyan/protocol'
import { script } from '@banyan/server'
import { createTestPlace } from '@banyan/testing'
import { number } from 'valibot'
import { expect, test } from 'vitest'

const remotes = defineRemotes({ said: toServer(number()), told: toClient(number()) })
const definition = defineGame({ remotes })

const seconds = 300
const names = Array.from({ length: 50 }, (_, index) => `player ${index + 1}`)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

test.each([1, 2, 3, 4])(
  'TA9 R4 a crowd on flapping lines loses nobody, and hears each event once and in order, seed %i',
  async (seed) => {
    const heard = new Map(names.map((name) => [name, { up: [] as number[], down: [] as number[] }]))
    const removed: string[] = []
    const resumed = { count: 0 }
    const crowd = script(({ players, remote }) => {
      players.playerRemoving.connect((player) => removed.push(player.name))
      remote(remotes.said).onServerEvent.connect((player, said) => heard.get(player.name)?.up.push(said))
    })
    await using place = await createTestPlace({
      definition,
      scripts: [crowd],
      players: names,
      seed,
      tickHz: 10,
      maxPlayers: names.length,
    })
    for (const { name, client } of place.players) {
      client.remote(remotes.told).onClientEvent.connect((told) => heard.get(name)?.down.push(told))
      client.onState(() => {
        if (client.state.kind === 'joined') resumed.count += client.state.status === 'resumed' ? 1 : 0
      })
    }
    place.network.setForAll({ latencyMs: 30, jitterMs: 20, flap: { upMs: [1_000, 5_000], downMs: [1, 500] } })
    for (const second of upTo(seconds)) {
      for (const { client } of place.players) client.remote(remotes.said).fireServer(second)
      place.remote(remotes.told).fireAllClients(second)
      await place.advance(1_000)
    }
    place.network.clear()
    await place.rest()
    await place.until('everyone is back', () =>
      place.players.every(({ client }) => client.state.kind === 'joined'),
    )
    await place.settle()

    expect(removed).toEqual([])
    expect(place.server.stats.players).toBe(names.length)
    // Some cuts come before a client is back from the one before.
    expect(resumed.count).toBeGreaterThan(names.length * (seconds / 10))
    for (const [name, { up, down }] of heard) {
      expect({ name, up, down }).toEqual({ name, up: upTo(seconds), down: upTo(seconds) })
    }
  },
  180_000,
)
