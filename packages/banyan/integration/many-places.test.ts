// Nothing is kept in modules: places of one process, and clients of one page, know nothing of each other.
import { createTestHost } from '@banyan/testing/host'
import {
  createManualClock,
  createSeededRandom,
  defineClass,
  defineGame,
  defineRemotes,
  IntValue,
  int,
  Model,
  toClient,
  toServer,
} from 'banyan'
import { type Client, type ClientOptions, createClient, createMemoryStorage } from 'banyan/client'
import { createPlace, script } from 'banyan/server'
import { number } from 'valibot'
import { expect, test } from 'vitest'

const Coin = defineClass('Coin', { extends: Model, properties: { worth: int(1) } })
const remotes = defineRemotes({ add: toServer(number()), added: toClient(number()) })
const definition = defineGame({ classes: [Coin], remotes })

// A class and a remote of the same names that mean something else.
const OtherCoin = defineClass('Coin', { properties: { weight: int(3) } })
const otherRemotes = defineRemotes({ added: toClient(number()), add: toServer(number()) })
const otherDefinition = defineGame({ classes: [OtherCoin], remotes: otherRemotes })

const counting = script(({ replicatedStorage, remote, workspace }) => {
  new Coin({ parent: workspace })
  const count = new IntValue({ name: 'Count', parent: replicatedStorage })
  remote(remotes.add).onServerEvent.connect((_player, step) => {
    count.value += step
    remote(remotes.added).fireAllClients(count.value)
  })
})

const weighing = script(({ replicatedStorage, remote, workspace }) => {
  new OtherCoin({ parent: workspace })
  const count = new IntValue({ name: 'Count', value: 100, parent: replicatedStorage })
  remote(otherRemotes.add).onServerEvent.connect((_player, step) => {
    count.value -= step
  })
})

/** A process with three places, and a browser with one page. */
async function createProcess() {
  const host = await createTestHost({
    clock: 'still',
    places: {
      one: (given) => createPlace({ ...given, definition, scripts: [counting] }),
      two: (given) => createPlace({ ...given, definition, scripts: [counting] }),
      other: (given) => createPlace({ ...given, definition: otherDefinition, scripts: [weighing] }),
    },
  })
  // All clients of the page share its storage.
  const storage = createMemoryStorage()
  const random = createSeededRandom(9)
  const clock = createManualClock({ startMs: 5_000_000 })
  const clients: Client[] = []
  return {
    host,
    /** The page's own. */
    clock,
    async join(options: Partial<ClientOptions> & { readonly place: string }): Promise<Client> {
      const client = createClient({
        definition,
        url: host.url,
        clock,
        log: host.log,
        random,
        storage,
        ...options,
      })
      clients.push(client)
      client.connect()
      await host.until(`a client of "${options.place}" is answered`, () => client.state.kind !== 'connecting')
      await client.ready
      return client
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.close()
      await host[Symbol.asyncDispose]()
      expect(clock.pending).toBe(0)
    },
  }
}

const countIn = (client: Client): number | undefined =>
  client.find('ReplicatedStorage.Count', IntValue)?.value

test('GT5 RM1 places of one definition have trees, events and players of their own', async () => {
  await using world = await createProcess()
  const { host } = world
  const one = await world.join({ place: 'one', name: 'ana' })
  const two = await world.join({ place: 'two', name: 'ana' })
  const heard: string[] = []
  one.remote(remotes.added).onClientEvent.connect((count) => heard.push(`one ${count}`))
  two.remote(remotes.added).onClientEvent.connect((count) => heard.push(`two ${count}`))
  one.remote(remotes.add).fireServer(5)
  two.remote(remotes.add).fireServer(7)
  await host.until('both have heard', () => heard.length >= 2)
  await host.advance(100)
  expect([countIn(one), countIn(two), heard.toSorted()]).toEqual([5, 7, ['one 5', 'two 7']])
  // The same browser is the same user in both, and nobody's other half.
  expect(one.localPlayer?.userId).toBe(two.localPlayer?.userId)
  expect([one.localPlayer?.name, two.localPlayer?.name]).toEqual(['ana', 'ana'])
  expect(one.find('Workspace.Coin')).not.toBe(two.find('Workspace.Coin'))
})

test('CD7 GT3 places of other definitions live beside them, whatever names they share', async () => {
  await using world = await createProcess()
  const { host } = world
  const one = await world.join({ place: 'one' })
  const other = await world.join({ place: 'other', definition: otherDefinition })
  one.remote(remotes.add).fireServer(1)
  other.remote(otherRemotes.add).fireServer(1)
  await host.until('both have counted', () => countIn(one) !== 0 && countIn(other) !== 100)
  expect([countIn(one), countIn(other)]).toEqual([1, 99])
  expect(one.find('Workspace.Coin', Coin)?.worth).toBe(1)
  expect(other.find('Workspace.Coin', OtherCoin)?.weight).toBe(3)
  expect(other.find('Workspace.Coin', Coin)).toBeNull()
  await expect(world.join({ place: 'other' })).rejects.toThrow('definitionMismatch')
})

test('PL7 GT9 a place that stops takes nothing from the others, and its clients find another run of it', async () => {
  await using world = await createProcess()
  const { host } = world
  const one = await world.join({ place: 'one' })
  const two = await world.join({ place: 'two' })
  one.remote(remotes.add).fireServer(1)
  await host.until('the one has counted', () => countIn(one) === 1)
  const states: string[] = []
  two.onState(() => states.push(two.state.kind))
  await host.place('one').stop()
  two.remote(remotes.add).fireServer(2)
  await host.until('its client hears of it', () => one.state.kind === 'reconnecting')
  world.clock.advance(500)
  await host.until('it is back', () => one.state.kind === 'joined')
  await host.until('the other counts', () => countIn(two) === 2)
  expect([countIn(two), states]).toEqual([2, []])
  expect([one.state, countIn(one)]).toMatchObject([{ kind: 'joined', status: 'new' }, 0])
})

test('ID2 SE5 clients of one page are one player of a place by turns, and several by seats', async () => {
  await using world = await createProcess()
  const { host } = world
  const first = await world.join({ place: 'one', name: 'ana' })
  const seated = await world.join({ place: 'one', name: 'ana', seat: '2' })
  expect([first.localPlayer?.name, seated.localPlayer?.name]).toEqual(['ana', 'ana 2'])
  first.game.getService('Workspace').setAttribute('local', true)
  expect(seated.game.getService('Workspace').getAttribute('local')).toBeNull()
  const next = await world.join({ place: 'one', name: 'ana' })
  await host.until('the first is told', () => first.state.kind === 'closed')
  expect(first.state).toMatchObject({ kind: 'closed', code: 'takenOver' })
  expect([next.state.kind, seated.state.kind]).toEqual(['joined', 'joined'])
  expect(next.localPlayer?.id).toBe(first.localPlayer?.id)
})
