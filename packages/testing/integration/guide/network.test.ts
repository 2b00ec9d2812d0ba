import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'
import { definition, Racer, race, remotes } from './potion-game.ts'

test('bad lines, each with its own conditions', async () => {
  await using place = await createTestPlace({
    definition,
    scripts: [race],
    players: ['ana', 'bo'],
    seed: 7,
    network: { latencyMs: 40 },
  })
  const [ana, bo] = [place.player('ana'), place.player('bo')]
  bo.network.set({ latencyMs: 120, jitterMs: 40, loss: 0.1, down: { bytesPerSecond: 20_000 } })

  ana.remote(remotes.drive).fireServer({ metersPerSecond: 5 })
  await place.advance(2000)
  expectConverged(place) // each at the patch that has reached them

  bo.network.partition() // nothing gets through, and nobody is told
  await place.advance(3000)
  const seen = bo.client.find('Workspace.ana', Racer)?.meters ?? 0
  expect(place.game.getService('Workspace').findFirstChild('ana', Racer)?.meters).toBeGreaterThan(seen)
  bo.network.heal()

  await ana.reconnect() // a cut: the same player comes back
  expect(ana.client.state).toMatchObject({ kind: 'joined', status: 'resumed' })

  bo.network.set({ flap: { upMs: [500, 2000], downMs: [100, 500] } })
  await place.advance(10_000)
})

test('what a condition leaves out stays as it was', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana'] })
  const { network } = place.player('ana')
  network.set({ latencyMs: 120, loss: 0.1, up: { jitterMs: 5 } })
  network.set({ loss: 0, up: { reorder: 0.5 } })
  expect(place.network.conditionsOf('ana')).toMatchObject({
    up: { latencyMs: 120, loss: 0, jitterMs: 5, reorder: 0.5 },
    down: { latencyMs: 120, loss: 0, jitterMs: 0 },
  })
})
