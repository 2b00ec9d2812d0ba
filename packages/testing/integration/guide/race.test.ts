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

test('TP4 after a restart everyone comes back by themselves, as new players', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana', 'bo'] })
  await place.restart()
  const states = () => place.players.map(({ client }) => client.state)
  expect(states().map(({ kind }) => kind)).not.toContain('joined')
  await place.until('everyone is back', () => states().every(({ kind }) => kind === 'joined'))
  expect(states()).toMatchObject([{ status: 'new' }, { status: 'new' }])
})
