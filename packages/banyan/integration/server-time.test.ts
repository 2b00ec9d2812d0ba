import { createTestPlace } from '@banyan/testing/vitest'
import { defineGame, NumberValue } from 'banyan'
import { expect, test } from 'vitest'

test('SC10 whoever hears of a moment is never before it, though the line was slow when the clocks were compared', async () => {
  await using place = await createTestPlace({
    definition: defineGame({}),
    players: ['ana'],
    network: { down: { latencyMs: 400 } },
  })
  await place.advance(5_000)
  const ana = place.player('ana')
  // The clocks were compared over a line whose way down took all the time: the estimate is 200 ms behind.
  expect(ana.client.serverTime()).toBeLessThan(place.clock.now() - 100)
  ana.network.set({ down: { latencyMs: 0 } })
  const endsAt = new NumberValue({ name: 'EndsAt', parent: place.game.getService('ReplicatedStorage') })
  let shownSeconds = 0
  ana.client.game.observeStructure(() => {
    const seen = ana.client.find('ReplicatedStorage.EndsAt', NumberValue)
    if (seen !== null) shownSeconds = Math.ceil((seen.value - ana.client.serverTime()) / 1000)
  })
  endsAt.value = place.clock.now() + 3_000
  await place.tick()
  expect(shownSeconds).toBe(3)
})
