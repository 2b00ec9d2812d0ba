import type { Clock, Random } from '@banyan/datamodel'
import type { ClientStorage } from './storage.ts'

/** Who this client says it is, kept in storage. */
export interface Identity {
  /** The same for all tabs of this browser, apart from the seat; a secret: who knows it is that guest. */
  readonly guestKey: string
  /** The token of the session that this tab had last; null when there is none to take up. */
  token(): string | null
  keepToken(token: string): void
  forgetToken(): void
  /** The number of this client's last attempt; 0 before the first. */
  readonly turn: number
  /** Begins an attempt: its number is higher than all that this browser gave out for this server, place and seat. */
  takeTurn(): void
  /** Whether another client, such as a newer tab, has taken a later turn. */
  isOvertaken(): boolean
}

const guestItem = 'banyan.guest'

/** Makes the browser's guest key at its first use. */
export function createIdentity(options: {
  readonly storage: ClientStorage
  readonly random: Random
  readonly clock: Clock
  /** The server, where the page talks to several; null for its own. */
  readonly url: string | null
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
  const turnItem = `banyan.turn.${options.url ?? ''}.${options.place}${seat}`
  let turn = 0
  return {
    guestKey: key + seat,
    token: () => tab.getItem(tokenItem),
    keepToken: (token) => tab.setItem(tokenItem, token),
    forgetToken: () => tab.removeItem(tokenItem),
    get turn() {
      return turn
    },
    takeTurn() {
      // The time keeps the order where a storage forgets, or was copied to another machine.
      turn = Math.max(turn + 1, turnOf(browser.getItem(turnItem)) + 1, Math.floor(options.clock.now()))
      browser.setItem(turnItem, String(turn))
    },
    isOvertaken: () => turnOf(browser.getItem(turnItem)) > turn,
  }
}

/** Storage is anybody's: what is no number, or leaves no room to count on, is none. */
function turnOf(text: string | null): number {
  const turn = Number(text)
  return turn > 0 && turn < 2 ** 52 && Number.isInteger(turn) ? turn : 0
}
