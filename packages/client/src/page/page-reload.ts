import type { KeyValueStore } from '../storage/storage.ts'

/** Loads the page anew, once: a server that no build of the page fits must not make it load for ever. */
export interface PageReload {
  /** Does nothing where it was used since the last `permit`, and where that cannot be remembered. */
  request(): void
  /** A server has taken this page: another one may need the next. */
  permit(): void
}

/** What it needs of a browser; each is asked for when it is used, and may throw. */
export interface PageReloadOptions {
  readonly item: string
  readonly store?: () => KeyValueStore
  readonly reload?: () => void
}

/** Remembers in sessionStorage, which a reload keeps: memory would not do. */
export function createPageReload({
  item,
  store = () => globalThis.sessionStorage,
  reload = () => globalThis.location.reload(),
}: PageReloadOptions): PageReload {
  return {
    request() {
      try {
        const kept = store()
        if (kept.getItem(item) !== null) return
        kept.setItem(item, '1')
        if (kept.getItem(item) !== null) reload()
      } catch {
        // There is no storage, or no page.
      }
    },
    permit() {
      try {
        store().removeItem(item)
      } catch {
        // Then nothing was remembered.
      }
    },
  }
}
