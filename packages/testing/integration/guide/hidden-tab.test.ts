import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'
import { definition, race } from './potion-game.ts'

test('a tab in the background stays in the game', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana', 'bo'] })
  const bo = place.player('bo')
  let frames = 0
  const stop = bo.client.frames.subscribe(() => {
    frames += 1
  })
  await place.advance(1000)
  expect(frames).toBeCloseTo(60, -1)
  bo.hide() // its timers run once a second, after five minutes once a minute; nothing is drawn
  await place.advance(10 * 60_000)
  expect(frames).toBeCloseTo(60, -1)
  expect(bo.client.state.kind).toBe('joined')
  bo.show()
  await place.advance(1000)
  expect(frames).toBeCloseTo(120, -1)
  stop()
})
