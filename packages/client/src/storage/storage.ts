/** The part of the Web Storage interface that is used here; any method may throw. */
export interface KeyValueStore {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Where a client remembers who it is. */
export interface ClientStorage {
  /** Shared by the tabs of a browser, survives its end: the guest key, and the number of the last attempt. */
  readonly browser: KeyValueStore
  /** This tab's own, survives a reload: the session's token. */
  readonly tab: KeyValueStore
}

/** Forgets with the page. */
export function createMemoryStorage(): ClientStorage {
  return { browser: createMemoryStore(), tab: createMemoryStore() }
}

/** localStorage and sessionStorage; memory takes over where they are absent, full or forbidden. */
export function createBrowserStorage(): ClientStorage {
  return {
    browser: withFallback(() => globalThis.localStorage),
    tab: withFallback(() => globalThis.sessionStorage),
  }
}

function createMemoryStore(): KeyValueStore {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

/** Even naming `localStorage` throws where cookies are blocked, hence the function. */
function withFallback(find: () => KeyValueStore | undefined): KeyValueStore {
  const memory = createMemoryStore()
  function attempt<Result>(use: (store: KeyValueStore) => Result, fallback: Result): Result {
    try {
      const store = find()
      return store === undefined ? fallback : use(store)
    } catch {
      return fallback
    }
  }
  return {
    getItem: (key) => memory.getItem(key) ?? attempt((store) => store.getItem(key), null),
    // What the store holds is not kept twice: another tab may change it.
    setItem(key, value) {
      const isKept = attempt((store) => {
        store.setItem(key, value)
        return true
      }, false)
      if (isKept) memory.removeItem(key)
      else memory.setItem(key, value)
    },
    removeItem(key) {
      memory.removeItem(key)
      attempt((store) => store.removeItem(key), undefined)
    },
  }
}
