import { defineGame, encodeClose } from '@banyan/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'

const createWorld = (options = {}) => createScriptedWorld(defineGame({}), options)

function createStore() {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

describe('an outdated page', () => {
  test.each(['definitionMismatch', 'versionMismatch'] as const)(
    'CN19: %s is told as such, and the server is asked again until it fits',
    async (code) => {
      const { client, clock, join, place, settle } = createWorld()
      const kinds: string[] = []
      client.onState(() => kinds.push(client.state.kind))
      place.status = null
      join()
      const { ready } = client
      place.channel.refuse(code, 'Reload this page.')
      settle()
      const { state } = client
      expect(state).toEqual({
        kind: 'outdated',
        code,
        reason: 'Reload this page.',
        retryAtMs: expect.any(Number),
      })
      await expect(ready).rejects.toThrow(code)
      const wait = () => {
        if (client.state.kind !== 'outdated') throw new Error(client.state.kind)
        clock.advance(client.state.retryAtMs - clock.now())
        settle()
      }
      for (const attempts of [2, 3]) {
        wait()
        expect(place.channels).toHaveLength(attempts)
        place.channel.refuse(code, 'Reload this page.')
        settle()
      }
      expect(kinds).toEqual(['connecting', 'outdated', 'outdated', 'outdated'])
      place.status = 'new'
      wait()
      expect(client.state.kind).toBe('joined')
      await client.ready
    },
  )

  test('CN19: it stays outdated through lost lines and silence; the wish of a person asks at once', () => {
    const { client, clock, join, page, place, settle } = createWorld()
    place.status = null
    join()
    place.channel.refuse('definitionMismatch')
    settle()
    client.connect()
    settle()
    expect(place.channels).toHaveLength(2)
    place.channel.cut()
    settle()
    page.wake()
    settle()
    expect(place.channels).toHaveLength(3)
    clock.advance(10_000)
    settle()
    expect(client.state).toMatchObject({ kind: 'outdated', code: 'definitionMismatch' })
    client.close()
    settle()
    clock.advance(120_000)
    expect([client.state, place.channels.length]).toMatchObject([{ kind: 'closed', code: 'left' }, 3])
  })

  test('CN19: a page that was in keeps its tree, and goes on as the same session when the server fits again', () => {
    const { client, clock, join, place, settle, step } = createWorld()
    join()
    place.game.getService('Workspace').setAttribute('round', 1)
    step()
    const { record } = client.game.getService('Workspace')
    place.status = null
    place.channel.cut()
    settle()
    clock.advance(250)
    settle()
    place.channel.refuse('definitionMismatch')
    settle()
    expect([client.state.kind, client.game.getService('Workspace').record]).toEqual(['outdated', record])
    place.status = 'resumed'
    clock.advance(60_000)
    settle()
    expect(client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    expect(place.channel.hello.resume).toMatchObject({ token: 'token-1', epoch: 'first run' })
    expect(client.game.getService('Workspace').record).toBe(record)
  })

  test('CN21: what is no close, from a server that has not said welcome, changes nothing', () => {
    const { client, clock, join, lines, place, settle } = createWorld()
    place.status = null
    join()
    const before = client.game.getService('Workspace').getChildren().length
    for (const frame of [Uint8Array.of(0x81, 9, 9, 9), Uint8Array.of(0x82, 1, 2, 3), Uint8Array.of(0xee)]) {
      place.channel.send(frame)
      settle()
      expect(client.state.kind).toBe('reconnecting')
      clock.advance(5_000)
      settle()
    }
    expect([client.game.getService('Workspace').getChildren().length, lines.length]).toEqual([before, 3])
    place.channel.send(encodeClose({ code: 'versionMismatch', reason: 'Another one.' }))
    settle()
    expect(client.state.kind).toBe('outdated')
  })
})

describe('reloading', () => {
  afterEach(() => vi.unstubAllGlobals())

  function createPage(store: unknown, options = {}) {
    const reload = vi.fn()
    vi.stubGlobal('sessionStorage', store)
    vi.stubGlobal('location', { reload })
    const world = createWorld({ reloadsWhenOutdated: true, ...options })
    const refuse = () => {
      world.place.status = null
      world.join()
      world.place.channel.refuse('definitionMismatch')
      world.settle()
    }
    return { ...world, reload, refuse }
  }

  test('CN20: the page is loaded anew once, also when the next page is refused too, and again after a join', () => {
    const store = createStore()
    const first = createPage(store)
    first.refuse()
    expect(first.reload).toHaveBeenCalledTimes(1)
    first.clock.advance(5_000)
    first.settle()
    first.place.channel.refuse('definitionMismatch')
    first.settle()
    expect(first.reload).toHaveBeenCalledTimes(1)
    const second = createPage(store)
    second.refuse()
    expect([second.reload.mock.calls.length, second.client.state.kind]).toEqual([0, 'outdated'])
    const third = createPage(store)
    third.join()
    expect([third.client.state.kind, store.items.size]).toEqual(['joined', 0])
    const fourth = createPage(store)
    fourth.refuse()
    expect(fourth.reload).toHaveBeenCalledTimes(1)
  })

  test.each<[string, unknown]>([
    ['is none', undefined],
    ['forgets', { ...createStore(), getItem: () => null }],
    [
      'is full',
      {
        ...createStore(),
        setItem: () => {
          throw new Error('full')
        },
      },
    ],
  ])('CN20: where the storage %s the page is never loaded anew', (_what, store) => {
    const { reload, refuse, client } = createPage(store)
    refuse()
    expect([reload.mock.calls.length, client.state.kind]).toEqual([0, 'outdated'])
  })

  test('CN20: without the option, and for other refusals, nothing is loaded anew', () => {
    const quiet = createPage(createStore(), { reloadsWhenOutdated: false })
    quiet.refuse()
    const kicked = createPage(createStore())
    kicked.join()
    kicked.place.channel.refuse('kicked')
    kicked.settle()
    expect([quiet.reload.mock.calls.length, kicked.reload.mock.calls.length]).toEqual([0, 0])
  })
})
