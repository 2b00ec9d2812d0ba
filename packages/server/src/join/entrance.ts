import type { Channel, ChannelHandlers, Hello } from '@banyan/protocol'
import { isThenable } from '../isolation.ts'
import type { Farewell } from '../sessions/sessions.ts'
import { Entry, type EntryOptions } from './entry.ts'
import type { Authenticate } from './identity.ts'
import { createTurnstile } from './turnstile.ts'

/** The longest text by which a guest may be known. */
const guestKeyLimit = 256

/** Where connections come in. */
export interface Entrance {
  /** Takes a connection from its hello into a session, and from then on to the inbox. */
  readonly enter: (channel: Channel, hello: Hello) => ChannelHandlers
  /** Turns away whoever waits, and everyone who comes later. */
  close(farewell: Farewell): void
}

export interface EntranceOptions extends Omit<EntryOptions, 'waiting'> {
  readonly definitionHash: string
  readonly authenticate: Authenticate
}

export function createEntrance({ definitionHash, authenticate, ...options }: EntranceOptions): Entrance {
  const waiting = new Set<Entry>()
  const shared: EntryOptions = { ...options, waiting }
  const turnstile = createTurnstile(options)
  let closed: Farewell | null = null

  return {
    enter(channel, hello) {
      const entry = new Entry(channel, shared)
      const obstacle = closed ?? obstacleIn(hello, definitionHash)
      if (obstacle === null) {
        entry.identify()
        whenIdentified(() => authenticate(hello), {
          known(answer) {
            entry.queue()
            turnstile.pass(() => entry.admit(hello, answer))
          },
          refused: (error) => entry.refuse(error),
        })
      } else {
        entry.turnAway(obstacle)
      }
      return entry
    },
    close(farewell) {
      closed = farewell
      turnstile.close()
      for (const entry of waiting) entry.turnAway(farewell)
    },
  }
}

interface Outcome {
  readonly known: (answer: unknown) => void
  readonly refused: (error: unknown) => void
}

/** Tells in the same turn where the identity is known at once, so that guests wait for nothing. */
function whenIdentified(authenticate: () => unknown, { known, refused }: Outcome): void {
  let answer: unknown
  try {
    answer = authenticate()
  } catch (error) {
    return refused(error)
  }
  if (isThenable(answer)) Promise.resolve(answer).then(known, refused)
  else known(answer)
}

function obstacleIn({ definitionHash, guestKey }: Hello, expected: string): Farewell | null {
  if (definitionHash !== expected) {
    return {
      code: 'definitionMismatch',
      reason: 'This page is of another version than the server. Reload it.',
    }
  }
  if (guestKey === '' || guestKey.length > guestKeyLimit) {
    return { code: 'unauthorized', reason: `A guest key has 1 to ${guestKeyLimit} characters.` }
  }
  return null
}
