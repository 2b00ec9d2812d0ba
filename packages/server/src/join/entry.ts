import type { Clock } from '@banyan/datamodel'
import { type Channel, type ChannelHandlers, decodeUp, encodeClose, type Hello } from '@banyan/protocol'
import type { Inbox } from '../inbox/inbox.ts'
import type { Report } from '../isolation.ts'
import type { LineLimit } from '../log/line-limit.ts'
import type { Connection, Session } from '../sessions/session.ts'
import type { Farewell, Sessions } from '../sessions/sessions.ts'
import { expectIdentity } from './identity.ts'
import type { Admission, Arrival } from './join.ts'

/** The longest that a host's authentication may take. */
const identifyMs = 10_000

/** What the entries of a place share. */
export interface EntryOptions {
  readonly clock: Clock
  readonly inbox: Inbox
  readonly lines: LineLimit
  readonly sessions: Sessions
  /** Hears of faults of the host's, which are not the client's. */
  readonly report: Report
  /** Those who are not in yet: their identity is not known, or they wait for their turn. */
  readonly waiting: Set<Entry>
  join(arrival: Arrival): Admission
}

type Stage =
  | { readonly kind: 'identifying'; readonly cancelDeadline: () => void }
  | { readonly kind: 'queued' }
  | { readonly kind: 'in'; readonly session: Session; readonly connection: Connection }
  | { readonly kind: 'gone' }

const queued: Stage = { kind: 'queued' }
const gone: Stage = { kind: 'gone' }

/**
 * One connection's way into a place, and what it says there. A class that keeps of all that led in nothing but the
 * session, because it stays as long as the connection.
 */
export class Entry implements ChannelHandlers {
  readonly #options: EntryOptions
  readonly #channel: Channel
  #stage: Stage = gone

  constructor(channel: Channel, options: EntryOptions) {
    this.#channel = channel
    this.#options = options
  }

  /** From now on its identity is waited for, but not forever. */
  identify(): void {
    const { clock, waiting } = this.#options
    const late = { code: 'unauthorized', reason: 'The server took too long to know you.' } as const
    this.#stage = {
      kind: 'identifying',
      cancelDeadline: clock.after(identifyMs, () => this.turnAway(late)),
    }
    waiting.add(this)
  }

  /** Its identity is known, and its turn to join may take a while. */
  queue(): void {
    if (this.#stage.kind !== 'identifying') return
    this.#stage.cancelDeadline()
    this.#stage = queued
  }

  /** Ignored where nobody waits for it any more. */
  admit(hello: Hello, answer: unknown): void {
    if (this.#stage.kind !== 'queued') return
    this.#stopWaiting()
    const { join, report } = this.#options
    try {
      const admission = join({ channel: this.#channel, hello, identity: expectIdentity(answer) })
      if (!admission.ok) return this.turnAway(admission.farewell)
      const { session, connection } = admission
      this.#stage = { kind: 'in', session, connection }
    } catch (error) {
      report(error, 'authenticate')
      this.turnAway(notKnown)
    }
  }

  /** Ignored where nobody waits for it any more. */
  refuse(error: unknown): void {
    if (this.#stage.kind !== 'identifying') return
    this.#options.lines.warn(
      `turned a connection away as unauthorized: ${error instanceof Error ? error.message : String(error)}`,
    )
    this.turnAway(notKnown)
  }

  turnAway(farewell: Farewell): void {
    this.#stopWaiting()
    this.#stage = gone
    this.#channel.send(encodeClose(farewell))
    this.#channel.close()
  }

  onFrame(frame: Uint8Array): void {
    const { inbox, lines } = this.#options
    const stage = this.#stage
    if (stage.kind === 'in') inbox.take(stage.session, stage.connection, frame)
    else if (stage.kind !== 'gone' && !isHarmless(frame)) {
      lines.warn('closed a connection as malformed: a message before its welcome')
      this.turnAway({
        code: 'malformed',
        reason: 'The server could not accept a message before its welcome.',
      })
    }
  }

  onClose(): void {
    this.#stopWaiting()
    const stage = this.#stage
    if (stage.kind === 'in') this.#options.sessions.detach(stage.session, stage.connection)
    this.#stage = gone
  }

  #stopWaiting(): void {
    this.#options.waiting.delete(this)
    if (this.#stage.kind === 'identifying') this.#stage.cancelDeadline()
  }
}

const notKnown: Farewell = {
  code: 'unauthorized',
  reason: 'The server did not accept who you say you are.',
}

/** A client may ask for the time, or leave, while it waits for its welcome; neither is answered. */
function isHarmless(frame: Uint8Array): boolean {
  const decoded = decodeUp(frame)
  return decoded.ok && (decoded.value.kind === 'ping' || decoded.value.kind === 'leave')
}
