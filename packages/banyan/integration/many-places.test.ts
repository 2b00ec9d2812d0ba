// Nothing is kept in modules: places of one process, and clients of one page, know nothing of each other.
import { setImmediate } from 'node:timers/promises'
import {
  createManualClock,
  createMemoryTransport,
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
import { createGate, createPlace, script } from 'banyan/server'
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

function createProcess() {
  const clock = createManualClock({ startMs: 1_000_000 })
  const lines: string[] = []
  const log = {
    info: (line: string) => void lines.push(line),
    warn: (line: string) => void lines.push(line),
    error: (line: string, cause: unknown) => void lines.push(`${line}: ${String(cause)}`),
  }
  const transport = createMemoryTransport({ schedule: (run) => clock.after(0, run) })
  const shared = { clock, log, random: createSeededRandom(1) }
  const gate = createGate({
    places: {
      one: () => createPlace({ ...shared, name: 'one', definition, scripts: [counting] }),
      two: () => createPlace({ ...shared, name: 'two', definition, scripts: [counting] }),
      other: () =>
        createPlace({ ...shared, name: 'other', definition: otherDefinition, scripts: [weighing] }),
    },
    clock,
    log,
  })
  gate.listen(transport.server)
  // One browser: all clients of the page share its storage.
  const storage = createMemoryStorage()
  const random = createSeededRandom(9)
  const clients: Client[] = []

  /** Timer by timer, as in a test place, which has one place only; between two of them every promise settles that can. */
  async function advance(ms: number): Promise<void> {
    const untilMs = clock.now() + ms
    do await setImmediate()
    while (clock.runNext(untilMs))
    clock.advance(untilMs - clock.now())
  }

  return {
    gate,
    lines,
    advance,
    async join(options: Partial<ClientOptions> & { readonly place: string }): Promise<Client> {
      const client = createClient({
        definition,
        transport: transport.client,
        clock,
        log,
        random,
        storage,
        ...options,
      })
      clients.push(client)
      client.connect()
      await advance(50)
      await client.ready
      return client
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.close()
      await gate.close()
      await advance(0)
      expect(clock.pending).toBe(0)
    },
  }
}

const countIn = (client: Client): number | undefined =>
  client.find('ReplicatedStorage.Count', IntValue)?.value

test('GT5 RM1 places of one definition have trees, events and players of their own', async () => {
  await using world = createProcess()
  const one = await world.join({ place: 'one', name: 'ana' })
  const two = await world.join({ place: 'two', name: 'ana' })
  const heard: unknown[] = []
  one.remote(remotes.added).onClientEvent.connect((count) => heard.push(['one', count]))
  two.remote(remotes.added).onClientEvent.connect((count) => heard.push(['two', count]))
  one.remote(remotes.add).fireServer(5)
  two.remote(remotes.add).fireServer(7)
  await world.advance(100)
  expect([countIn(one), countIn(two), heard]).toEqual([
    5,
    7,
    [
      ['one', 5],
      ['two', 7],
    ],
  ])
  // The same browser is the same user in both, and nobody's other half.
  expect(one.localPlayer?.userId).toBe(two.localPlayer?.userId)
  expect([one.localPlayer?.name, two.localPlayer?.name]).toEqual(['ana', 'ana'])
  expect(one.find('Workspace.Coin')).not.toBe(two.find('Workspace.Coin'))
  expect(world.lines).toEqual([])
})

test('CD7 GT3 places of other definitions live beside them, whatever names they share', async () => {
  await using world = createProcess()
  const one = await world.join({ place: 'one' })
  const other = await world.join({ place: 'other', definition: otherDefinition })
  one.remote(remotes.add).fireServer(1)
  other.remote(otherRemotes.add).fireServer(1)
  await world.advance(100)
  expect([countIn(one), countIn(other)]).toEqual([1, 99])
  expect(one.find('Workspace.Coin', Coin)?.worth).toBe(1)
  expect(other.find('Workspace.Coin', OtherCoin)?.weight).toBe(3)
  expect(other.find('Workspace.Coin', Coin)).toBeNull()
  await expect(world.join({ place: 'other' })).rejects.toThrow('definitionMismatch')
})

test('PL7 GT9 a place that stops takes nothing from the others, and its clients find another run of it', async () => {
  await using world = createProcess()
  const one = await world.join({ place: 'one' })
  const two = await world.join({ place: 'two' })
  one.remote(remotes.add).fireServer(1)
  await world.advance(50)
  const states: string[] = []
  two.onState(() => states.push(two.state.kind))
  await world.gate.open.get('one')?.stop()
  two.remote(remotes.add).fireServer(2)
  await world.advance(500)
  expect([countIn(two), states]).toEqual([2, []])
  expect([one.state, countIn(one)]).toMatchObject([{ kind: 'joined', status: 'new' }, 0])
})

test('ID2 SE5 clients of one page are one player of a place by turns, and several by seats', async () => {
  await using world = createProcess()
  const first = await world.join({ place: 'one', name: 'ana' })
  const seated = await world.join({ place: 'one', name: 'ana', seat: '2' })
  await world.advance(100)
  expect([first.localPlayer?.name, seated.localPlayer?.name]).toEqual(['ana', 'ana 2'])
  first.game.getService('Workspace').setAttribute('local', true)
  expect(seated.game.getService('Workspace').getAttribute('local')).toBeNull()
  const next = await world.join({ place: 'one', name: 'ana' })
  await world.advance(100)
  expect(first.state).toMatchObject({ kind: 'closed', code: 'takenOver' })
  expect([next.state.kind, seated.state.kind]).toEqual(['joined', 'joined'])
  expect(next.localPlayer?.id).toBe(first.localPlayer?.id)
})
