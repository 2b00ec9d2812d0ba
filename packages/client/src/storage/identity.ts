import type { Random } from '@banyan/datamodel'
import type { ClientStorage } from './storage.ts'

/** Who this client says it is, kept in storage. */
export interface Identity {
  /** The same for all tabs of this browser, apart from the seat; a secret: who knows it is that guest. */
  readonly guestKey: string
  /** The token of the session that this tab had last; null when there is none to take up. */
  token(): string | null
  keepToken(token: string): void
  forgetToken(): void
}

const guestItem = 'banyan.guest'

/** Makes the browser's guest key at its first use. */
export function createIdentity(options: {
  readonly storage: ClientStorage
  readonly random: Random
  readonly place: string
  readonly seat: string | null
}): Identity {
  const { browser, tab } = options.storage
  let key = browser.getItem(guestItem)
  if (key === null) {
    key = Array.from(options.random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('')
    browser.setItem(guestItem, key)
  }
  const seat = options.seat === null ? '' : `.${options.seat}`
  const tokenItem = `banyan.token.${options.place}${seat}`
  return {
    guestKey: key + seat,
    token: () => tab.getItem(tokenItem),
    keepToken: (token) => tab.setItem(tokenItem, token),
    forgetToken: () => tab.removeItem(tokenItem),
  }
}
