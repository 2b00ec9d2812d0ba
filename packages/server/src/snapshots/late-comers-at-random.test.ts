import { createAudiences, Folder, type Instance, Part, replicaView, Team, view } from '@banyan/datamodel'
import { createSeededRandom } from '@banyan/protocol'
import { expect, test } from 'vitest'
import type { TestClient } from '../../fixtures/test-client.ts'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition } from '../../fixtures/test-remotes.ts'

/** Chests that move, hide, go and end at random, each with another name in each round. */
function createChests({ place }: ReturnType<typeof createTestPlace>, seed: number) {
  const { game, players } = place
  const random = createSeededRandom(seed)
  const workspace = game.getService('Workspace')
  for (let n = 0; n < 300; n += 1) new Part({ parent: workspace })
  const north = createAudiences(game).create('north')
  const team = new Team({ parent: game.getService('Teams') })
  const chests: Instance[] = Array.from({ length: 8 }, () => new Folder({ parent: workspace }))

  function pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(random.next() * list.length)]
    if (found === undefined) throw new Error('the list has something')
    return found
  }

  function change(): void {
    const there = chests.filter(({ isDestroyed }) => !isDestroyed)
    const [chest, dice] = [pick(there), random.next()]
    const others = there.filter((other) => other !== chest && !chest.isAncestorOf(other))
    if (dice < 0.1) {
      chest.destroy()
      chests.push(new Folder({ parent: workspace }))
    } else if (dice < 0.2) chest.parent = null
    else if (dice < 0.5) chest.parent = pick([workspace, game.getService('ServerStorage'), ...others])
    else if (dice < 0.8) {
      chest.visibleTo = pick(['everyone', 'everyone', 'nobody', north, team, ...players.getPlayers()])
    } else if (dice < 0.9) pick(players.getPlayers()).team = pick([null, team])
    else north[pick(['add', 'remove'] as const)](pick(players.getPlayers()))
  }

  function rename(round: number): void {
    for (const [index, chest] of chests.entries()) if (!chest.isDestroyed) chest.name = `N${index}r${round};`
  }

  /** How many names of chests a client was told, none of which it may not see. */
  function readNames({ frames, welcome }: TestClient): number {
    const seen = new Set(view(game.snapshot, welcome.playerId).map(({ id }) => id))
    const told = [
      ...Buffer.concat(frames)
        .toString('latin1')
        .matchAll(/N(\d+)r\d+;/g),
    ]
    for (const [name, index] of told) {
      const chest = chests[Number(index)]
      expect({ name, isHidden: chest?.isDestroyed === false && !seen.has(chest.id) }).toMatchObject({
        isHidden: false,
      })
    }
    return told.length
  }

  return { change, readNames, rename, random }
}

test('VS2 who joins is told no name of what is hidden by then, whatever happened before and whatever they claim', async () => {
  let told = 0
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const scene = createTestPlace({ definition })
    const { join, place, settle, tick } = scene
    const { change, random, readNames, rename } = createChests(scene, seed)
    await join({ name: 'first' })
    for (let round = 0; round < 25; round += 1) {
      for (let count = 0; count < 3; count += 1) change()
      rename(round)
      await tick()
      if (random.next() < 0.5) continue
      const hello = { name: `p${round}`, guestKey: `p${round}` }
      const client = await join(hello)
      told += readNames(client)
      expect(replicaView(client.replica)).toEqual(view(place.game.snapshot, client.welcome.playerId))
      for (const seq of [client.seq - 1, Math.floor(client.seq * random.next())]) {
        client.connect({ ...hello, resume: { ...client.resume(), seq } })
        await settle()
        told += readNames(client)
      }
    }
  }
  expect(told).toBeGreaterThan(1000)
})
