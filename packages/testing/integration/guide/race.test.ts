import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'
import { definition, Racer, race, remotes } from './potion-game.ts'

test('a minute of racing', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana', 'bo', 'cy'] })
  const [ana, bo] = [place.player('ana'), place.player('bo')]
  const winners: string[] = []
  bo.remote(remotes.won).onClientEvent.connect(({ name }) => winners.push(name))

  ana.remote(remotes.drive).fireServer({ metersPerSecond: 5 })
  bo.remote(remotes.drive).fireServer({ metersPerSecond: 4 })
  await place.advance(30_000)
  expect(bo.client.find('Workspace.ana', Racer)?.lap).toBe(1)

  await place.until('somebody wins', () => winners.length > 0)
  expect(winners).toEqual(['ana'])
})
