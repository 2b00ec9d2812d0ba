import { createCast, type RemoteCall, sendCall, type TreeStep } from '@banyan/testing'
import { hostileCall, payload, regressionReporter, treeStep } from '@banyan/testing/arbitraries'
import { createTestPlace } from '@banyan/testing/vitest'
import { toJsonSchema } from '@valibot/to-json-schema'
import fc from 'fast-check'
import type { GenericSchema } from 'valibot'
import { expect, test } from 'vitest'
import { definition, Racer, race, remotes } from './potion-game.ts'

/** The leaderboard of the game, which takes the Workspace as it finds it. */
async function ranksEveryRacer(steps: readonly TreeStep[]): Promise<void> {
  await using place = await createTestPlace({ definition, scripts: [race] })
  const cast = createCast(place.game)
  for (const step of steps) cast.apply(step)
  await place.tick()
  const racers = place.game.getDescendants().filter((found) => found.isA(Racer))
  const ranks = racers.toSorted((one, other) => other.meters - one.meters)
  expect(ranks).toHaveLength(racers.length)
}

test('the leaderboard works in every tree', async () => {
  const steps = fc.array(treeStep(definition, { classes: [Racer] }), { maxLength: 20 })
  await fc.assert(fc.asyncProperty(steps, ranksEveryRacer), {
    numRuns: 20,
    asyncReporter: async (details) => regressionReporter('ranksEveryRacer')(details),
  })
})

test('whatever players send, the race goes on', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana', 'bo'] })
  const [ana, bo] = [place.player('ana'), place.player('bo')]
  const attack = async (calls: readonly RemoteCall[]): Promise<void> => {
    for (const call of calls) void sendCall(ana, definition, call)
    await place.advance(1_000)
    expect(bo.client.state.kind).toBe('joined')
  }
  await fc.assert(fc.asyncProperty(fc.array(hostileCall(definition), { maxLength: 10 }), attack), {
    numRuns: 20,
  })
  place.takeLogged() // what was refused
})

test('a price for everything', async () => {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana'] })
  const items = payload(remotes.priceOf, {
    jsonSchemaOf: (schema) => toJsonSchema(schema as GenericSchema),
  })
  const hasPrice = async (item: string): Promise<void> => {
    const price = place.player('ana').remote(remotes.priceOf).invokeServer(item)
    await place.tick()
    expect(await price).toBe(item.length)
  }
  await fc.assert(fc.asyncProperty(items, hasPrice), { numRuns: 20 })
})
