import { Folder } from '@banyan/datamodel'
import { createMemoryTransport, defineGame, encodeSnapshotPart } from '@banyan/protocol'
import { describe, expect, test, vi } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'
import { createClient } from '../create-client.ts'
import { createMemoryStorage } from '../storage/storage.ts'
import { createSocketTransport } from '../transport/socket-transport.ts'

const definition = defineGame({})
const createWorld = (options = {}) => createScriptedWorld(definition, options)

describe('the connection', () => {
  test('CN1: idle until asked, connecting, then joined; each state is frozen', () => {
    const { client, settle } = createWorld()
    const kinds: string[] = []
    client.onState(() => kinds.push(client.state.kind))
    expect(client.state).toEqual({ kind: 'idle' })
    client.connect()
    client.connect()
    settle()
    expect(kinds).toEqual(['connecting', 'joined'])
    expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
    expect(Object.isFrozen(client.state)).toBe(true)
  })

  test('CN2: ready resolves at the first join', async () => {
    const { client, join } = createWorld()
    join()
    await client.ready
    expect(client.localPlayer?.name).toBe('Ana')
  })

  test('CN3: an attempt that is not answered for 10 s is given up, and another one follows', () => {
    const { client, clock, place, settle } = createWorld()
    place.status = null
    client.connect()
    settle()
    clock.advance(9_999)
    expect(client.state).toEqual({ kind: 'connecting', attempt: 1 })
    clock.advance(1)
    settle()
    expect(client.state).toMatchObject({ kind: 'reconnecting', attempt: 2 })
    expect(place.channel.isClosed).toBe(true)
    place.status = 'new'
    clock.advance(250)
    settle()
    expect(client.state.kind).toBe('joined')
  })

  test('CN3: an attempt that hears something is not given up, however long its snapshot takes', () => {
    const { client, clock, place, settle } = createWorld()
    place.status = null
    client.connect()
    settle()
    for (let n = 0; n < 5; n += 1) {
      clock.advance(9_000)
      place.channel.send(encodeSnapshotPart([], null))
      settle()
    }
    expect(client.state).toEqual({ kind: 'connecting', attempt: 1 })
    clock.advance(10_000)
    expect(client.state).toMatchObject({ kind: 'reconnecting', attempt: 2 })
  })

  test('CN4: a lost channel is sought again: quickly at first, then rarer, without an end', () => {
    const { client, clock, join, place, settle } = createWorld()
    join()
    clock.advance(1_000)
    settle()
    const waits: number[] = []
    place.status = null
    place.channel.cut()
    settle()
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const { state } = client
      if (state.kind !== 'reconnecting') throw new Error(state.kind)
      waits.push(state.retryAtMs - clock.now())
      clock.advance(waits.at(-1) ?? 0)
      settle()
      expect(client.state.kind).toBe('reconnecting')
      place.channel.cut()
      settle()
    }
    const ceilings = [250, 250, 500, 1000, 2000, 4000, 5000, 5000]
    expect(place.channels).toHaveLength(9)
    for (const [index, ceiling] of ceilings.entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(ceiling / 2)
      expect(waits[index]).toBeLessThanOrEqual(ceiling)
    }
  })

  test('CN5: retries at once when the network or the page comes back', () => {
    const { client, join, page, place, settle } = createWorld()
    join()
    place.channel.cut()
    settle()
    expect(client.state.kind).toBe('reconnecting')
    page.wake()
    settle()
    expect(client.state).toMatchObject({ kind: 'joined' })
  })

  test.each(['takenOver', 'kicked', 'noSuchPlace', 'placeFull', 'unauthorized'] as const)(
    'CN6: %s ends the attempts',
    async (code) => {
      const { client, clock, join, place, settle } = createWorld()
      place.status = null
      join()
      place.channel.refuse(code, 'The reason.')
      settle()
      expect(client.state).toEqual({ kind: 'closed', code, reason: 'The reason.' })
      await expect(client.ready).rejects.toMatchObject({ code: 'disconnected' })
      clock.advance(60_000)
      settle()
      expect(place.channels).toHaveLength(1)
    },
  )

  test.each([
    ['noSuchPlace', 'There is no such place here.', 'Ask for a place that the host has.'],
    ['definitionMismatch', 'The page is old', 'Build both sides with one definition.'],
    ['kicked', 'Too much noise!', 'Connect again.'],
  ] as const)(
    'CN2: the rejection for %s is made of sentences, and tells the way out',
    async (code, reason, wayOut) => {
      const { client, join, place, settle } = createWorld()
      place.status = null
      join()
      place.channel.refuse(code, reason)
      settle()
      const why = reason.replace(/old$/, 'old.')
      await expect(client.ready).rejects.toThrow(`cannot join "main" (${code}): ${why} ${wayOut}`)
    },
  )

  test.each([
    'malformed',
    'flooded',
    'sessionExpired',
    'slowReader',
    'serverClosing',
    'helloTimeout',
    'serverFault',
  ] as const)('CN6: after %s the client comes back', (code) => {
    const { client, clock, join, place, settle } = createWorld()
    join()
    place.channel.refuse(code, 'The reason.')
    settle()
    expect(client.state).toMatchObject({ kind: 'reconnecting', cause: 'The reason.' })
    clock.advance(250)
    settle()
    expect(client.state.kind).toBe('joined')
  })

  test('CN7: close() leaves, once, and connect() begins anew', async () => {
    const { client, clock, join, place, settle } = createWorld()
    join()
    client.close()
    client.close()
    settle()
    expect(place.channel.hasLeft).toBe(true)
    expect(client.state).toMatchObject({ kind: 'closed', code: 'left' })
    clock.advance(60_000)
    expect(clock.pending).toBe(0)
    client.connect()
    settle()
    await client.ready
    expect(place.channels).toHaveLength(2)
    expect(place.channel.hello.resume).toBeNull()
  })

  test('CN9: a server that falls silent is left, and found again', () => {
    const { client, clock, join, place, settle } = createWorld()
    join()
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1000)
      settle()
    }
    expect(client.state.kind).toBe('joined')
    place.isAnsweringPings = false
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1000)
      settle()
    }
    expect(place.channels[0]?.isClosed).toBe(true)
    expect(client.state).toMatchObject({ kind: 'joined' })
    expect(place.channels).toHaveLength(2)
  })

  test('CN10: the first hello names place, guest and definition, and resumes nothing', () => {
    const { join, place } = createWorld({ place: 'race', name: 'Bea', seat: '2', credentials: { key: 1 } })
    join()
    expect(place.channel.hello).toMatchObject({
      place: 'race',
      name: 'Bea',
      credentials: { key: 1 },
      definitionHash: definition.hash,
      guestKey: expect.stringMatching(/^[0-9a-f]{32}\.2$/),
      resume: null,
    })
  })

  test('CN11: a later hello resumes with the newest token and what the replica has', () => {
    const { join, page, place, settle, step } = createWorld()
    join()
    place.game.getService('Workspace').setAttribute('round', 1)
    step()
    place.channel.cut()
    settle()
    place.status = 'resumed'
    page.wake()
    settle()
    expect(place.channel.hello.resume).toEqual({
      token: 'token-1',
      epoch: 'first run',
      seq: place.game.snapshot.seq,
      eventSeq: 0,
    })
    place.channel.cut()
    settle()
    page.wake()
    settle()
    expect(place.channel.hello.resume).toMatchObject({ token: 'token-2' })
  })

  test('CN11: after a reload the token alone tells who comes', () => {
    const items = new Map([['banyan.token.main', 'old']])
    const tab = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    }
    const { join, place } = createWorld({ storage: { browser: tab, tab } })
    place.status = 'rejoined'
    join()
    expect(place.channel.hello.resume).toEqual({ token: 'old' })
    expect(items.get('banyan.token.main')).toBe('token-1')
  })

  test('CN12: leaving the page closes the channel without leaving the place, and coming back reconnects', () => {
    const { client, clock, join, page, place, settle } = createWorld()
    join()
    page.leave()
    settle()
    expect(place.channel.isClosed).toBe(true)
    expect(place.channel.hasLeft).toBe(false)
    clock.advance(60_000)
    settle()
    expect(place.channels).toHaveLength(1)
    page.wake()
    settle()
    expect(client.state.kind).toBe('joined')
  })

  test('CN15: credentials and a URL that cannot be sent anywhere throw when the client is made', () => {
    expect(() => createWorld({ credentials: { sign: () => {} } })).toThrow(
      expect.objectContaining({ code: 'invalidArgument' }),
    )
    expect(() => createSocketTransport({ url: 'somewhere', report: () => {} })).toThrow(
      'cannot connect to "somewhere"',
    )
  })

  test('CN17: the platform is called as itself: browsers refuse its functions as methods of other objects', () => {
    const tasks: (() => void)[] = []
    vi.stubGlobal('queueMicrotask', function (this: unknown, run: () => void) {
      if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation')
      tasks.push(run)
    })
    const client = createClient({
      definition,
      transport: createMemoryTransport().client,
      storage: createMemoryStorage(),
    })
    new Folder({ name: 'Mine', parent: client.game.getService('Workspace') })
    for (const run of tasks) run()
    expect(client.find('Workspace.Mine')?.record?.name).toBe('Mine')
    vi.unstubAllGlobals()
  })

  test('CN14: a failing state listener is reported and stops nothing', () => {
    const { client, join, lines } = createWorld()
    client.onState(() => {
      throw new Error('no badge')
    })
    join()
    expect(client.state.kind).toBe('joined')
    expect(lines[0]).toContain('no badge')
  })
})
