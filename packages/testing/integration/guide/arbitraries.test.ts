import { createCast, type RemoteCall, sendCall, type TreeStep } from '@banyan/testing'
import { hostileCall, payload, regressionReporter, treeStep } from '@banyan/testing/arbitraries'
import { createTestPlace } from '@banyan/testing/vitest'
import { toJsonSchema } from '@valibot/to-json-schema'
import fc from 'fast-check'
import type { GenericSchema } from 'valibot'
import { expect, test } from 'vitest'
import { definition, lapMeters, laps, Racer, race, remotes } from './potion-game.ts'

/** Whatever was in the Workspace before: each racer there is in the lap that its meters say, and none beyond the last. */
async function countsEveryLap(steps: readonly TreeStep[]): Promise<void> {
  await using place = await createTestPlace({ definition, scripts: [race], players: ['ana'] })
  const cast = createCast(place.game)
  for (const step of steps) cast.apply(step)
  await place.tick()
  const found = place.player('ana').game.getService('Workspace').getChildren()
  for (const racer of found.filter((one) => one.isA(Racer))) {
    expect(racer.lap).toBe(Math.min(Math.floor(racer.meters / lapMeters), laps))
  }
}

test('laps are counted in every tree', async () => {
  const values = { 'Racer.meters': fc.nat(1_000), 'Racer.lap': fc.constant(0) }
  const step = treeStep(definition, { classes: [Racer], players: ['ana'], values })
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 20, size: 'max' }), countsEveryLap), {
    numRuns: 100,
    asyncReporter: async (details) => regressionReporter('countsEveryLap')(details),
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
