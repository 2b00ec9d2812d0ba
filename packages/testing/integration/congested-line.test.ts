// Values that may skip on a line that takes less than is said, beside one that takes all.

import { defineClass, int, Vector3, vector3 } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'

const Kart = defineClass('Kart', {
  properties: { at: vector3(Vector3.zero, { maySkip: true }), lap: int(0) },
})

test('SK2 SK3 OR5 a line of 2 KB a second has every lap, the newest places, and at rest all of them', async () => {
  await using place = await createTestPlace({
    definition: defineGame({ classes: [Kart] }),
    players: ['ana', 'ben'],
    tickHz: 20,
  })
  const workspace = place.game.getService('Workspace')
  const karts = Array.from({ length: 40 }, (_, n) => new Kart({ name: `kart ${n}`, parent: workspace }))
  await place.tick()
  await place.settle()
  place.player('ana').network.set({ down: { bytesPerSecond: 2000 } })
  const seen = { ana: [] as number[], ben: [] as number[] }
  const laps = { ana: [] as number[], ben: [] as number[] }
  for (const name of ['ana', 'ben'] as const) {
    const kart = place.player(name).client.find('Workspace.kart 0', Kart)
    kart?.observe(() => {
      if (seen[name].at(-1) !== kart.at.x) seen[name].push(kart.at.x)
      if (laps[name].at(-1) !== kart.lap) laps[name].push(kart.lap)
    })
  }
  const strict = () => place.witnesses.map((witness) => ({ ...witness, mayLag: false }))
  let lagged = 0
  for (let n = 1; n <= 200; n += 1) {
    for (const [at, kart] of karts.entries()) kart.at = new Vector3(n, Math.sin(n * at), Math.cos(n * at))
    for (const kart of karts.slice(0, 1)) kart.lap = n
    await place.tick()
    await place.advance(20)
    expectConverged(place)
    try {
      expectConverged({ witnesses: strict() })
    } catch {
      lagged += 1
    }
  }
  const all = Array.from({ length: 200 }, (_, n) => n + 1)
  expect(laps.ben).toEqual(all)
  expect(seen.ben).toEqual(all)
  // All places of a tick take 600 bytes or so, and the laps of as many ticks as that takes 30 each.
  expect(lagged).toBeGreaterThan(0)
  expect(seen.ana.length).toBeGreaterThan(10)
  expect(seen.ana.length).toBeLessThan(100)
  expect(seen.ana).toEqual(seen.ana.toSorted((one, other) => one - other))
  place.network.clear()
  await place.settle()
  expect(laps.ana).toEqual(all)
  expect(seen.ana.at(-1)).toBe(200)
  expectConverged({ witnesses: strict() })
})
