import { createTestPlace } from '@banyan/testing/vitest'
import { expect, test } from 'vitest'
import { definition, race } from './potion-game.ts'

test('nobody sees more than they should', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana', 'bo'] })
  await place.tick()
  expect(linesAbout('Potion', place.viewAs('ana'))).toEqual([
    'Potion (StringValue) value="turns you invisible"',
  ])
  expect(linesAbout('Potion', place.viewAs('stranger'))).toEqual([])
  // Fails as soon as another instance or property becomes visible to those who are in no place.
  expect(place.viewAs('stranger', { namesOnly: true })).toMatchSnapshot()
})

const linesAbout = (word: string, view: string): readonly string[] =>
  view
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes(word))
