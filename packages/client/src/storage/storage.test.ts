import { createSeededRandom } from '@banyan/protocol'
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

function identify(storage = createMemoryStorage(), seat: string | null = null, seed = 1) {
  return createIdentity({ storage, random: createSeededRandom(seed), place: 'main', seat })
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
