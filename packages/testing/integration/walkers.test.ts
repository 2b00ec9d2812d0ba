// What walks is told in steps, each of which builds on the one before: whoever is cut off, slow, late or regrouped ends up
// at the very numbers all the same.

import {
  CFrame,
  cframe,
  createAudiences,
  defineClass,
  float,
  float32,
  Vector2,
  Vector3,
  vector2,
  vector3,
} from '@banyan/datamodel'
import { createSeededRandom, defineGame } from '@banyan/protocol'
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'

const Walker = defineClass('Walker', {
  properties: {
    place: vector3(undefined, { precision: 0.01 }),
    spot: vector2(undefined, { precision: 0.3 }),
    far: float32(0, { precision: 0.01 }),
    speed: float(0, { precision: 0.125 }),
    pose: cframe(undefined, { precision: 0.01 }),
    ammo: float(0, { precision: 0.5, visibleTo: 'owner' }),
  },
})
const definition = defineGame({ classes: [Walker] })

test.for([1, 2, 3, 4])(
  'PL14 PL15 R1 walkers arrive where they are, whatever becomes of the lines, seed %i',
  async (seed) => {
    await using place = await createTestPlace({
      definition,
      seed,
      players: ['ana', 'ben', 'cat'],
      limits: { unsentBytes: 600, patches: { count: 25, bytes: 100_000 } },
    })
    const random = createSeededRandom(seed)
    const chance = (part: number): boolean => random.next() < part
    const by = (size: number): number => (random.next() * 2 - 1) * size
    const names = ['ana', 'ben', 'cat'] as const
    const nameOf = () => names[Math.floor(random.next() * 3)] ?? 'ana'
    const workspace = place.game.getService('Workspace')
    const audience = createAudiences(place.game).create('near')
    const players = place.game.getService('Players')
    const playerOf = (name: string) => players.getPlayers().find((player) => player.name === name)
    const make = (): InstanceType<typeof Walker> => {
      const walker = new Walker({
        parent: workspace,
        place: new Vector3(1000 + by(9), by(9), 5000),
        // Where singles lie further apart than the steps.
        far: 300_000 + by(1000),
        speed: 1000,
        ammo: 500,
      })
      walker.owner = playerOf(nameOf()) ?? null
      return walker
    }
    const walkers = Array.from({ length: 12 }, make)
    for (let tick = 0; tick < 150; tick += 1) {
      for (const walker of walkers) {
        if (chance(0.4)) continue
        const { place: at, spot } = walker
        walker.place = new Vector3(at.x + by(0.5), at.y + by(0.5), chance(0.02) ? by(1e14) : 5000)
        if (chance(0.5)) walker.spot = new Vector2(spot.x + by(2), spot.y + by(2))
        if (chance(0.3)) walker.pose = walker.pose.mul(CFrame.fromEuler(by(1), by(0.1), 0))
        if (chance(0.02)) walker.pose = CFrame.fromComponents([by(9), 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1])
        if (chance(0.2))
          walker.pose = new CFrame(
            new Vector3(by(9), chance(0.05) ? 1e300 : 0, 1),
            CFrame.fromEuler(0, by(9), 0).rotation,
          )
        if (chance(0.3)) walker.far += by(2)
        if (chance(0.3)) walker.speed += by(3)
        if (chance(0.3)) walker.ammo += by(3)
        if (chance(0.02)) walker.visibleTo = chance(0.5) ? 'everyone' : audience
        if (chance(0.02)) walker.owner = playerOf(nameOf()) ?? null
      }
      const { network } = place.player(nameOf())
      if (chance(0.04)) network.cut()
      if (chance(0.04)) network.partition()
      if (chance(0.1)) network.heal()
      if (chance(0.05)) network.set({ down: { bytesPerSecond: 2000 + random.next() * 9000 } })
      if (chance(0.03)) place.network.clear()
      const player = playerOf(nameOf())
      if (player !== undefined && chance(0.05)) {
        if (audience.has(player)) audience.remove(player)
        else audience.add(player)
      }
      if (chance(0.03)) {
        walkers.shift()?.destroy()
        walkers.push(make())
      }
      await place.tick()
      expectConverged(place)
    }
    place.network.clear()
    for (const name of names) place.player(name).network.heal()
    // Who was cut off waits before trying again.
    await place.advance(8000)
    await place.settle()
    expectConverged(place)
    for (const name of names) expect(place.player(name).game.snapshot.seq).toBe(place.game.snapshot.seq)
  },
)
