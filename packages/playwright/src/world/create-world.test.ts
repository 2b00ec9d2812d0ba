import type { TestHost } from '@banyan/testing/host'
import type { Browser } from '@playwright/test'
import { expect, test } from 'vitest'
import { createWorld } from './create-world.ts'
import type { World } from './world.ts'

/** A world whose browsers open, and whose pages nobody opens. */
function createEmptyWorld(): { readonly world: World; readonly conditions: Map<string, unknown> } {
  const conditions = new Map<string, unknown>()
  const network = { set: (name: string, given: unknown) => void conditions.set(name, given) }
  const host = { isVirtual: false, network, url: 'http://127.0.0.1' } as unknown as TestHost
  const browser = { newContext: async () => ({ newPage: async () => ({}) }) } as unknown as Browser
  const options = { places: () => null, files: '' }
  return { conditions, world: createWorld({ options, host, browser, place: 'one' }).world }
}

test.each(['ANA', 'ana', 'Ａna', '', ' Bo', 'stranger', 'a name that is too long', 5, null, undefined])(
  'PW24 refuses the name %j beside "Ana", before any browser opens',
  async (name) => {
    const { world } = createEmptyWorld()
    await expect(world.players('Ana', 'Ben', name as string)).rejects.toMatchObject({
      name: 'TestingError',
      code: 'invalidOption',
    })
    expect(() => world.player('Ben')).toThrow('there is nobody')
    await world.players('Ana')
    await expect(world.players(name as string, {})).rejects.toMatchObject({ code: 'invalidOption' })
  },
)

test('PW24 refuses who is invited twice, also while they are on their way', async () => {
  const { world } = createEmptyWorld()
  await expect(world.players('Ana', 'Ana')).rejects.toThrow('cannot invite "Ana" twice')
  const coming = world.players('Ana')
  await expect(world.players('Ana')).rejects.toThrow('cannot invite "Ana" twice')
  await expect(world.players('ana')).rejects.toThrow('there is a player of that name')
  expect(await coming).toHaveLength(1)
})

test('PW24 the network of a player is set by the player or by their name, and of nobody else', async () => {
  const { world, conditions } = createEmptyWorld()
  const [ana] = await world.players('Ana', 'Ben')
  await world.network(ana, { latencyMs: 10 })
  await world.network('Ben', { latencyMs: 20 })
  expect([...conditions]).toEqual([
    ['Ana', { latencyMs: 10 }],
    ['Ben', { latencyMs: 20 }],
  ])
  await expect(world.network('ana', {})).rejects.toMatchObject({ code: 'unknownPlayer' })
  for (const nobody of [undefined, null, 5, {}, { name: 5 }]) {
    await expect(world.network(nobody as never, {})).rejects.toMatchObject({
      name: 'TestingError',
      message: expect.stringContaining('or their name'),
    })
  }
})
