import type { Clock } from '@banyan/datamodel'
import { type Channel, type ChannelHandlers, decodeUp, encodeClose, type Hello } from '@banyan/protocol'
import type { Inbox } from '../inbox/inbox.ts'
import { isThenable, type Report } from '../isolation.ts'
import type { LineLimit } from '../log/line-limit.ts'
import type { Farewell, Sessions } from '../sessions/sessions.ts'
import { type Authenticate, expectIdentity } from './identity.ts'
import type { Admission, Arrival } from './join.ts'

/** The longest that a host's authentication may take. */
const identifyMs = 10_000

/** The longest text by which a guest may be known. */
const guestKeyLimit = 256

/** Where connections come in. */
export interface Entrance {
  /** Takes a connection from its hello into a session, and from then on to the inbox. */
  readonly enter: (channel: Channel, hello: Hello) => ChannelHandlers
  /** Turns away whoever waits, and everyone who comes later. */
  close(farewell: Farewell): void
}

export interface EntranceOptions {
  readonly clock: Clock
  readonly definitionHash: string
  readonly inbox: Inbox
  readonly lines: LineLimit
  readonly sessions: Sessions
  readonly authenticate: Authenticate
  /** Hears of faults of the host's, which are not the client's. */
  readonly report: Report
  join(arrival: Arrival): Admission
}

type Stage =
  | { readonly kind: 'identifying'; readonly cancelDeadline: () => void }
  | { readonly kind: 'in'; readonly admission: Admission & { readonly ok: true } }
  | { readonly kind: 'gone' }

export function createEntrance(options: EntranceOptions): Entrance {
  const { clock, inbox, lines, report, sessions } = options
  const waiting = new Set<(farewell: Farewell) => void>()
  let closed: Farewell | null = null

  function enter(channel: Channel, hello: Hello): ChannelHandlers {
    let stage: Stage = { kind: 'gone' }

    const stopWaiting = (): void => {
      waiting.delete(turnAway)
      if (stage.kind === 'identifying') stage.cancelDeadline()
    }
    const turnAway = (farewell: Farewell): void => {
      stopWaiting()
      stage = { kind: 'gone' }
      channel.send(encodeClose(farewell))
      channel.close()
    }
    const admit = (answer: unknown): void => {
      if (stage.kind !== 'identifying') return
      stopWaiting()
      try {
        const admission = options.join({ channel, hello, identity: expectIdentity(answer) })
        if (admission.ok) stage = { kind: 'in', admission }
        else turnAway(admission.farewell)
      } catch (error) {
        report(error, 'authenticate')
        turnAway(notKnown)
      }
    }
    const refuse = (error: unknown): void => {
      if (stage.kind !== 'identifying') return
      lines.warn(
        `turned a connection away as unauthorized: ${error instanceof Error ? error.message : String(error)}`,
      )
      turnAway(notKnown)
    }

    const obstacle = closed ?? obstacleIn(hello, options.definitionHash)
    if (obstacle === null) {
      const late = { code: 'unauthorized', reason: 'The server took too long to know you.' } as const
      stage = { kind: 'identifying', cancelDeadline: clock.after(identifyMs, () => turnAway(late)) }
      waiting.add(turnAway)
      whenIdentified(options.authenticate, hello, { admit, refuse })
    } else {
      turnAway(obstacle)
    }

    return {
      onFrame(frame) {
        if (stage.kind === 'in') inbox.take(stage.admission.session, stage.admission.connection, frame)
        else if (stage.kind === 'identifying' && !isHarmless(frame)) {
          lines.warn('closed a connection as malformed: a message before its welcome')
          turnAway({ code: 'malformed', reason: 'The server could not accept a message before its welcome.' })
        }
      },
      onClose() {
        stopWaiting()
        if (stage.kind === 'in') sessions.detach(stage.admission.session, stage.admission.connection)
        stage = { kind: 'gone' }
      },
    }
  }

  return {
    enter,
    close(farewell) {
      closed = farewell
      for (const turnAway of waiting) turnAway(farewell)
    },
  }
}

const notKnown: Farewell = {
  code: 'unauthorized',
  reason: 'The server did not accept who you say you are.',
}

interface Verdict {
  readonly admit: (answer: unknown) => void
  readonly refuse: (error: unknown) => void
}

/** Admits in the same turn where the identity is known at once, so that guests wait for nothing. */
function whenIdentified(authenticate: Authenticate, hello: Hello, { admit, refuse }: Verdict): void {
  let answer: unknown
  try {
    answer = authenticate(hello)
  } catch (error) {
    return refuse(error)
  }
  if (isThenable(answer)) Promise.resolve(answer).then(admit, refuse)
  else admit(answer)
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

/** A client may ask for the time, or leave, while it waits for its welcome; neither is answered. */
function isHarmless(frame: Uint8Array): boolean {
  const decoded = decodeUp(frame)
  return decoded.ok && (decoded.value.kind === 'ping' || decoded.value.kind === 'leave')
}
