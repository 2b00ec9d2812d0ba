// Promise 13: a slow line gets fewer and larger steps, all of its events, and costs the others nothing.

import { Part, Vector3 } from '@banyan/datamodel'
import { defineGame, defineRemotes, toClient } from '@banyan/protocol'
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { number } from 'valibot'
import { expect, test } from 'vitest'

const remotes = defineRemotes({ told: toClient(number()) })

test('SE19 R3 a line of 10 KB a second keeps up with a busy place, and delays nobody', async () => {
  await using place = await createTestPlace({
    definition: defineGame({ remotes }),
    players: ['ana', 'ben'],
    tickHz: 20,
    limits: { unsentBytes: 4000 },
  })
  const workspace = place.game.getService('Workspace')
  const parts = Array.from({ length: 100 }, (_, n) => new Part({ name: `part ${n}`, parent: workspace }))
  await place.tick()
  await place.settle()
  place.player('ana').network.set({ down: { bytesPerSecond: 10_000 } })
  const told = { ana: [] as number[], ben: [] as number[] }
  const commits = { ana: 0, ben: 0 }
  for (const name of ['ana', 'ben'] as const) {
    const { client } = place.player(name)
    client.remote(remotes.told).onClientEvent.connect((n) => told[name].push(n))
    client.game
      .getService('Workspace')
      .findFirstChild('part 0')
      ?.observe(() => {
        commits[name] += 1
      })
  }
  let lateForBen = 0
  for (let n = 0; n < 200; n += 1) {
    // Sines, since whole numbers would take next to nothing.
    for (const part of parts) part.position = new Vector3(Math.sin(n + part.id), Math.cos(n + part.id), n / 7)
    place.remote(remotes.told).fireAllClients(n)
    await place.advance(50)
    if (told.ben.length < n) lateForBen += 1
  }
  // Each tick takes 2.6 KB, of which the slow line carries a fifth.
  expect(lateForBen).toBe(0)
  expect(commits.ben).toBeGreaterThan(195)
  expect(commits.ana).toBeGreaterThan(15)
  expect(commits.ana).toBeLessThan(80)
  place.network.clear()
  await place.settle()
  const all = Array.from({ length: 200 }, (_, n) => n)
  expect([told.ana, told.ben]).toEqual([all, all])
  expect(place.player('ana').client.state).toMatchObject({ kind: 'joined', status: 'new' })
})

test('OR4 SE19 what a slow line held back is due with the next tick, and not before', async () => {
  await using place = await createTestPlace({
    definition: defineGame({ remotes }),
    players: ['ana'],
    limits: { unsentBytes: 100 },
  })
  const workspace = place.game.getService('Workspace')
  const isBehind = () => place.server.stats.behind === 1
  const seqOf = () => place.player('ana').game.snapshot.seq
  place.player('ana').network.set({ down: { bytesPerSecond: 7_000 } })
  let wasHeldAndStill = false
  for (let n = 0; n < 30; n += 1) {
    workspace.setAttribute('text', `${n}`.padEnd(900, 'x'))
    await place.tick()
    const { seq } = place.game.snapshot
    for (let ms = 0; ms < 30; ms += 1) {
      expectConverged(place)
      wasHeldAndStill ||= isBehind() && seqOf() < seq - 1 && place.network.underWay === 0
      await place.advance(1)
    }
  }
  expect(wasHeldAndStill).toBe(true)
  await place.settle()
  expectConverged(place)
  expect([isBehind(), seqOf()]).toEqual([false, place.game.snapshot.seq])
})
