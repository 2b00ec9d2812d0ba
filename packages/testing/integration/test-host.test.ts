import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { type Client, createClient, createMemoryStorage } from '@banyan/client'
import { NumberValue } from '@banyan/datamodel'
import { createSeededRandom, defineGame, defineRemotes, toServer } from '@banyan/protocol'
import { createPlace, script } from '@banyan/server'
import { createTestHost, type PlaceSurroundings, type TestHost } from '@banyan/testing/host'
import { number } from 'valibot'
import { describe, expect, test } from 'vitest'

const remotes = defineRemotes({ add: toServer(number()) })
const definition = defineGame({ remotes })

const counter = script(({ workspace, remote }) => {
  const count = new NumberValue({ name: 'Count', parent: workspace })
  remote(remotes.add).onServerEvent.connect((_player, amount) => {
    count.value += amount
  })
})

const makePlace = (given: PlaceSurroundings) => createPlace({ ...given, definition, scripts: [counter] })

function join(host: TestHost, name: string): Client {
  const client = createClient({
    definition,
    name,
    url: host.url,
    random: createSeededRandom(1),
    storage: createMemoryStorage(),
    log: { warn: () => {}, error: () => {} },
  })
  client.connect()
  return client
}

const countOf = ({ game }: Client): number | undefined =>
  game.getService('Workspace').findFirstChild('Count', NumberValue)?.value

describe('a host for tests', () => {
  test('HT1 puts real sockets behind the network, for both directions', async () => {
    await using host = await createTestHost({ places: { main: makePlace } })
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    host.network.partition('ana')
    ana.remote(remotes.add).fireServer(2)
    const place = host.place('main')
    const { ticks } = place.stats
    await host.until('some ticks go by', () => place.stats.ticks > ticks + 5)
    expect(countOf(ana)).toBe(0)
    host.network.heal('ana')
    await host.until('the call has come and its effect too', () => countOf(ana) === 2)
    host.network.cut('ana')
    await host.until('ana notices', () => ana.state.kind === 'reconnecting')
    await host.until('ana is back', () => ana.state.kind === 'joined')
    expect(host.openLines.map(({ player }) => player)).toEqual(['ana'])
    const { seq } = place.game.snapshot
    expect(host.snapshotAt('main', seq)?.seq).toBe(seq)
    expect(host.timeline('main')).toContain('add')
    // Its first line was there before the place was.
    expect(host.timeline('main')).toMatch(/^ +0\.0 ms .*line \d+ opens/m)
    expect(host.timeline('main')).not.toMatch(/^ *-/m)
    ana.close()
  })

  test('HT2 names places that do not run, and makes them by name', async () => {
    await using host = await createTestHost({
      places: (name, given) => (name.startsWith('a-') ? makePlace(given) : null),
    })
    expect(() => host.place('a-1')).toThrow('"a-1": none runs yet')
    const ana = join(host, 'ana')
    const ben = createClient({
      definition,
      url: host.url,
      place: 'a-1',
      name: 'ben',
      storage: createMemoryStorage(),
      random: createSeededRandom(2),
    })
    ben.connect()
    await host.until('both are answered', () => ana.state.kind === 'closed' && ben.state.kind === 'joined')
    expect(
      host
        .place('a-1')
        .players.getPlayers()
        .map(({ name }) => name),
    ).toEqual(['ben'])
    expect(() => host.place('a-2')).toThrow('only "a-1"')
    ben.close()
  })

  test('HT3 refuses to advance real time and says what to do', async () => {
    await using host = await createTestHost({ places: { main: makePlace } })
    await expect(host.advance(10)).rejects.toMatchObject({
      code: 'realClock',
      message: expect.stringContaining("clock: 'virtual'"),
    })
  })

  test('HT4 keeps virtual time still until it is advanced', async () => {
    await using host = await createTestHost({ places: { main: makePlace }, clock: 'virtual' })
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    const place = host.place('main')
    const { ticks } = place.stats
    const before = host.clock.now()
    await host.advance(10_000)
    expect(host.clock.now()).toBe(before + 10_000)
    expect(place.stats.ticks - ticks).toBeGreaterThanOrEqual(299)
    ana.close()
    await host.until('ana leaves', () => host.openLines.length === 0)
  })

  test('HT5 says what did not happen', async () => {
    await using host = await createTestHost({ places: { main: makePlace }, clock: 'virtual' })
    await expect(host.until('pigs fly', () => false, { limitMs: 50 })).rejects.toMatchObject({
      code: 'didNotHappen',
      message: expect.stringContaining('pigs fly'),
    })
  })

  test('HT6 names the lines that stay open', async () => {
    const host = await createTestHost({ places: { main: makePlace } })
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    await expect(host[Symbol.asyncDispose]()).rejects.toMatchObject({
      code: 'leaked',
      message: expect.stringContaining('"ana"'),
    })
    ana.close()
  })

  test('HT6 names the timers that still wait', async () => {
    let cancel = (): void => {}
    const host = await createTestHost({
      places: {
        main(given) {
          cancel = given.clock.every(1000, () => {})
          return makePlace(given)
        },
      },
    })
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    ana.close()
    await expect(host[Symbol.asyncDispose]()).rejects.toMatchObject({
      code: 'leaked',
      message: expect.stringContaining('test-host.test.ts'),
    })
    cancel()
  })

  test('HT7 fails for what was logged, unless the test takes it', async () => {
    const make = (given: PlaceSurroundings) => {
      given.log.error('it broke', new Error('on purpose'))
      return makePlace(given)
    }
    const host = await createTestHost({ places: { main: make } })
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    expect(host.takeLogged()).toEqual([expect.stringContaining('on purpose')])
    host.place('main')
    ana.close()
    await host[Symbol.asyncDispose]()
  })

  test('HT6 names the sockets that stay open, greeted or not', async () => {
    const host = await createTestHost({ places: { main: makePlace }, clock: 'still' })
    const silent = connect(host.port, '127.0.0.1')
    const ungreeted = new WebSocket(`ws://127.0.0.1:${host.port}/banyan/?EIO=4&transport=websocket`)
    await Promise.all([once(silent, 'connect'), once(ungreeted, 'open')])
    const { localPort } = silent
    await expect(host[Symbol.asyncDispose]()).rejects.toMatchObject({
      code: 'leaked',
      message: expect.stringMatching(
        new RegExp(`1 connections that never greeted.*a socket from port ${localPort} is open`, 's'),
      ),
    })
  })

  test('HT7 tells warnings and errors apart, and what clients log counts too', async () => {
    const make = (given: PlaceSurroundings) => {
      given.log.error('it broke', new Error('on purpose'))
      return makePlace(given)
    }
    const host = await createTestHost({ places: { main: make } })
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    host.log.warn('ana is worried')
    expect(host.takeLogged('warn')).toEqual(['ana is worried'])
    ana.close()
    await expect(host[Symbol.asyncDispose]()).rejects.toMatchObject({
      code: 'logged',
      message: expect.stringContaining('on purpose'),
    })
  })

  test('HT8 still time stands while a test waits, and the places take what comes', async () => {
    await using host = await createTestHost({ places: { main: makePlace }, clock: 'still' })
    const before = host.clock.now()
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    ana.remote(remotes.add).fireServer(2)
    await host.until('the call has come and its effect too', () => countOf(ana) === 2)
    expect(host.clock.now()).toBe(before)
    expect(host.timers.map(({ owner }) => owner)).toContain('place "main"')
    await host.advance(100)
    expect(host.clock.now()).toBe(before + 100)
    ana.close()
  })

  test('HT9 looks when something happens, and not before', async () => {
    await using host = await createTestHost({ places: { main: makePlace }, clock: 'still' })
    let [looks, answered] = [0, false]
    const server = createServer((_request, response) => void host.clock.after(1000, () => response.end()))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const asked = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
    asked.write('GET / HTTP/1.0\r\n\r\n')
    asked.once('data', () => {
      answered = true
    })
    await once(server, 'request')
    const look = (): boolean => {
      looks += 1
      return answered
    }
    await expect(host.until('it answers', look, { limitMs: 200 })).rejects.toThrow('it answers')
    // One for each time that the loop is woken, at the most.
    expect(looks).toBeLessThan(50)
    const late = host.until('it answers', look)
    await host.advance(1000)
    await late
    server.close()
    await once(server, 'close')
  })

  test('HT10 stands on a server of its owner, which outlives it', async () => {
    const server = createServer((_request, response) => response.end('a page'))
    await using host = await createTestHost({ places: { main: makePlace }, host: { server } })
    expect(() => host.url).toThrow('does not listen')
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const ana = join(host, 'ana')
    await host.until('ana joins', () => ana.state.kind === 'joined')
    ana.close()
    await host.server.close()
    const page = await fetch(host.url, { headers: { connection: 'close' } })
    expect(await page.text()).toBe('a page')
    server.close()
    await once(server, 'close')
  })
})
