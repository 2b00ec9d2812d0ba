import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runTestPlace } from '@banyan/testing'
import { definition, Racer, race, remotes } from '../potion-game.ts'

void test('nobody drives faster than five meters a second', async ({ name }) => {
  const options = { definition, scripts: [race], players: ['ana'], test: name }
  await runTestPlace(options, async (place) => {
    const ana = place.player('ana')
    ana.remote(remotes.drive).fireServer({ metersPerSecond: 50 })
    const laps = () => ana.client.find('Workspace.ana', Racer)?.lap
    await place.advance(15_000)
    assert.equal(laps(), 0)
    await place.advance(10_000)
    assert.equal(laps(), 1)
  })
})
