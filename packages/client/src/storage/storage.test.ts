import { createManualClock, createSeededRandom } from '@banyan/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createIdentity } from './identity.ts'
import { createBrowserStorage, createMemoryStorage, type KeyValueStore } from './storage.ts'

function createStore(): KeyValueStore & { readonly items: Map<string, string> } {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

const clock = createManualClock()

function identify(storage = createMemoryStorage(), seat: string | null = null, seed = 1) {
  return createIdentity({ storage, random: createSeededRandom(seed), clock, url: null, place: 'main', seat })
}

describe('createIdentity', () => {
  test('ID1: the guest key is 128 random bits, made once per browser', () => {
    const storage = createMemoryStorage()
    const first = identify(storage)
    expect(first.guestKey).toMatch(/^[0-9a-f]{32}$/)
    expect(identify(storage, null, 2).guestKey).toBe(first.guestKey)
    expect(identify(createMemoryStorage(), null, 2).guestKey).not.toBe(first.guestKey)
  })

  test('ID2: another seat is another guest of the same browser, with its own token', () => {
    const storage = createMemoryStorage()
    const first = identify(storage)
    const second = identify(storage, '2')
    expect(second.guestKey).toBe(`${first.guestKey}.2`)
    first.keepToken('one')
    expect(second.token()).toBeNull()
  })

  test('ID3: a token belongs to the tab and the place, and can be forgotten', () => {
    const storage = createMemoryStorage()
    const identity = identify(storage)
    identity.keepToken('one')
    expect(identify(storage).token()).toBe('one')
    expect(storage.browser.getItem('banyan.token.main')).toBeNull()
    identity.forgetToken()
    expect(identify(storage).token()).toBeNull()
  })
})

describe('turns', () => {
  const clientOf = (storage: ReturnType<typeof createMemoryStorage>, seat: string | null = null) =>
    identify(storage, seat)

  test('ID6: each attempt of a browser has a higher turn, whichever tab makes it', () => {
    const storage = createMemoryStorage()
    const older = clientOf(storage)
    expect([older.turn, older.isOvertaken()]).toEqual([0, false])
    older.takeTurn()
    const first = older.turn
    const newer = clientOf({ ...createMemoryStorage(), browser: storage.browser })
    newer.takeTurn()
    expect(newer.turn).toBeGreaterThan(first)
    expect([older.isOvertaken(), newer.isOvertaken()]).toEqual([true, false])
    older.takeTurn()
    expect([older.isOvertaken(), newer.isOvertaken()]).toEqual([false, true])
    const otherSeat = clientOf(storage, '2')
    otherSeat.takeTurn()
    expect(older.isOvertaken()).toBe(false)
  })

  test('ID6: the clock keeps the order where the storage forgets; a clock that was set back does not break it', () => {
    const storage = createMemoryStorage()
    clock.advance(5_000)
    const kept = clientOf(storage)
    kept.takeTurn()
    expect(kept.turn).toBe(clock.now())
    const full = { ...storage, browser: { ...storage.browser, getItem: () => null, setItem: () => {} } }
    clock.advance(1)
    const forgetful = clientOf(full)
    forgetful.takeTurn()
    expect(forgetful.turn).toBeGreaterThan(kept.turn)
    storage.browser.setItem('banyan.turn..main', '9000000000')
    kept.takeTurn()
    expect(kept.turn).toBe(9_000_000_001)
  })

  test.each(['x', '-1', '1.5', '9007199254740991', 'Infinity', ''])(
    'ID6: "%s" in the storage is no turn',
    (text) => {
      const storage = createMemoryStorage()
      storage.browser.setItem('banyan.turn..main', text)
      const identity = clientOf(storage)
      expect(identity.isOvertaken()).toBe(false)
      identity.takeTurn()
      expect(identity.turn).toBe(Math.max(1, clock.now()))
    },
  )
})

describe('createBrowserStorage', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('ID4: uses localStorage for the browser and sessionStorage for the tab', () => {
    const local = createStore()
    const session = createStore()
    vi.stubGlobal('localStorage', local)
    vi.stubGlobal('sessionStorage', session)
    const storage = createBrowserStorage()
    storage.browser.setItem('a', '1')
    storage.tab.setItem('b', '2')
    expect([...local.items, ...session.items]).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
    storage.tab.removeItem('b')
    expect(storage.tab.getItem('b')).toBeNull()
    expect(session.items.size).toBe(0)
  })

  test('ID5: what another tab wrote is seen, although this one wrote before', () => {
    const local = createStore()
    vi.stubGlobal('localStorage', local)
    const { browser } = createBrowserStorage()
    browser.setItem('a', '1')
    local.setItem('a', '2')
    expect(browser.getItem('a')).toBe('2')
  })

  test('ID5: where storage is absent, full or forbidden, memory takes over', () => {
    vi.stubGlobal('localStorage', undefined)
    vi.stubGlobal('sessionStorage', {
      getItem: () => {
        throw new Error('forbidden')
      },
      setItem: () => {
        throw new Error('full')
      },
      removeItem: () => {
        throw new Error('forbidden')
      },
    })
    const storage = createBrowserStorage()
    storage.browser.setItem('a', '1')
    storage.tab.setItem('b', '2')
    expect([storage.browser.getItem('a'), storage.tab.getItem('b')]).toEqual(['1', '2'])
    storage.tab.removeItem('b')
    expect(storage.tab.getItem('b')).toBeNull()
  })
})
