import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'
import { definition, race, remotes } from './potion-game.ts'

test('what a potion costs', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana'] })
  const answer = place.player('ana').remote(remotes.priceOf).invokeServer('potion')
  await place.tick() // or advance(ms), where lines are slow or the handler takes its time
  expect(await answer).toBe(6)
})
