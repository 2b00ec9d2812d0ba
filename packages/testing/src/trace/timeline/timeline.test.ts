import { expect, test } from 'vitest'
import { definition, remotes } from '../../../fixtures/potion-game.ts'
import { openRecorded } from '../../../fixtures/recorded-place.ts'
import { timeline } from './timeline.ts'

test('look', async () => {
  await using recorded = await openRecorded({ players: ['ana', 'bo'] })
  const { place, recorder } = recorded
  const ana = place.player('ana')
  await place.tick()
  ana.remote(remotes.drink).fireServer({ potion: 'mint' })
  const answer = ana.remote(remotes.buy).invokeServer({ item: 'sword' })
  await place.tick()
  await answer
  place.player('bo').network.set({ latencyMs: 30, loss: 0.5 })
  for (let n = 0; n < 5; n++) place.player('bo').remote(remotes.steer).fireServer({ angle: n })
  await place.advance(100)
  ana.network.cut()
  await place.advance(150)
  ana.remote(remotes.kiss).fireServer(place.player('ana').client.find('Workspace.Racers.bo'))
  await place.tick()
  await place.advance(500)
  await place.player('bo').leave()
  await place.tick()
  const trace = recorder.trace({ error: new Error('no') })
  console.log(timeline(trace, definition))
  expect(trace.players).toEqual(['ana', 'bo'])
})
