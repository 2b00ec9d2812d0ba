// What docs/visibility.md shows, played.
import type { TestPlace } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { NumberValue } from 'banyan'
import { expect, test } from 'vitest'
import {
  Beast,
  cardTable,
  definition,
  Hand,
  secretDoor,
  teamBases,
  wideWorld,
} from './fixtures/visibility-guide.ts'

const both = { definition, players: ['ana', 'bo'] }

const sees = (place: TestPlace, name: string): readonly string[] =>
  place
    .player(name)
    .game.getService('Workspace')
    .getDescendants()
    .map((found) => found.name)

test('VW18 at the card table everyone sees how many cards there are, and their own', async () => {
  await using place = await createTestPlace({ ...both, scripts: [cardTable] })
  await place.tick()
  const handsOf = (name: string) =>
    ['ana', 'bo'].map((of) => place.player(name).client.find(`Workspace.${of}`, Hand))
  expect(handsOf('ana').map((hand) => [hand?.count, hand?.cards])).toEqual([
    [2, ['ace', 'ten']],
    [2, []],
  ])
  expect(handsOf('bo').map((hand) => hand?.cards.length)).toEqual([0, 2])
  expect(place.viewAs('bo')).toMatchSnapshot()
})

test('VW11 a team sees its own base', async () => {
  await using place = await createTestPlace({ ...both, scripts: [teamBases] })
  await place.tick()
  expect([sees(place, 'ana'), sees(place, 'bo')]).toEqual([
    ['Red base', 'Mines'],
    ['Blue base', 'Mines'],
  ])
})

test('VW13 in a wide world beasts come into sight and go out of it', async () => {
  await using place = await createTestPlace({ ...both, scripts: [wideWorld] })
  const beast = (name: string) => place.game.getService('Workspace').findFirstChild(name, Beast)
  await place.advance(100)
  expect(sees(place, 'ana')).toEqual(['ana', 'bo'])
  const bos = beast('bo')
  if (bos !== null) bos.x = 450
  await place.advance(100)
  expect([sees(place, 'ana'), sees(place, 'bo')]).toEqual([['ana'], ['bo']])
  const anas = beast('ana')
  if (anas !== null) anas.x = 380
  await place.advance(100)
  expect([sees(place, 'ana'), sees(place, 'bo')]).toEqual([
    ['ana', 'bo'],
    ['ana', 'bo'],
  ])
})

test('VW16 the cave shows itself to who has come far enough', async () => {
  await using place = await createTestPlace({ ...both, scripts: [secretDoor] })
  place.player('ana').player?.setAttribute('level', 3)
  await place.tick()
  expect([sees(place, 'ana'), sees(place, 'bo')]).toEqual([['DoorLevel', 'Cave'], ['DoorLevel']])
  const level = place.game.getService('Workspace').findFirstChild('DoorLevel', NumberValue)
  if (level !== null) level.value = 0
  await place.tick()
  expect(sees(place, 'bo')).toEqual(['DoorLevel', 'Cave'])
})
