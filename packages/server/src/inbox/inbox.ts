import type { Clock } from '@banyan/datamodel'
import { type Ack, type Calls, type CloseCode, decodeUp, encodePong } from '@banyan/protocol'
import type { Limits } from '../limits/limits.ts'
import type { LineLimit } from '../log/line-limit.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Resumption } from '../resumption.ts'
import type { Sentinel } from '../sentinel/sentinel.ts'
import { type Connection, connectionOf, type Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Dispatch } from './dispatch.ts'

/** Everything that clients say once they are in. */
export interface Inbox {
  readonly received: { readonly frames: number; readonly bytes: number; readonly closed: number }
  /** Handles one frame to its end. What is wrong with it closes this session, and touches no other. */
  take(session: Session, connection: Connection, frame: Uint8Array): void
}

export interface InboxOptions {
  readonly clock: Clock
  readonly dispatch: Dispatch
  readonly limits: Limits
  readonly lines: LineLimit
  readonly outbox: Outbox
  readonly resumption: Resumption
  readonly sentinel: Sentinel | null
  readonly sessions: Sessions
}

/** A frame of calls counts as one more for each of so many, because refusing a call costs time too. */
const callsPerFrame = 50

type Closing = { readonly code: CloseCode; readonly problem: string }

export function createInbox(options: InboxOptions): Inbox {
  const { clock, dispatch, limits, lines, outbox, resumption, sentinel, sessions } = options
  const received = { frames: 0, bytes: 0, closed: 0 }

  function handle(session: Session, connection: Connection, frame: Uint8Array): Closing | null {
    if (!connection.frames.take(clock.now())) return { code: 'flooded', problem: 'too many frames' }
    const decoded = decodeUp(frame, { maxBytes: limits.frameBytes })
    if (!decoded.ok) return decoded
    const message = decoded.value
    // Its snapshot may take a while, in which an honest client says no more.
    if (!connection.isWelcomed && message.kind === 'ping') return null
    if (!connection.isWelcomed && message.kind !== 'leave') return malformed('a message before its welcome')
    switch (message.kind) {
      case 'calls':
        return takeCalls(session, connection, message)
      case 'datagram':
        return dispatch.take(session, { ...message, order: connection.datagrams })
      case 'ack':
        return takeAck(session, connection, message)
      case 'sentinel':
        sentinel?.take(session, connection, message.call)
        return null
      case 'ping':
        outbox.reply(session, connection, encodePong({ clientMs: message.clientMs, serverMs: clock.now() }))
        return null
      case 'leave':
        sessions.end(session, 'left', { code: 'left', reason: '' })
        return null
      case 'hello':
        return malformed('a second hello')
    }
  }

  function takeCalls(session: Session, connection: Connection, { seq, ack, calls }: Calls): Closing | null {
    const { stream } = session
    const more = Math.floor(calls.length / callsPerFrame)
    if (more > 0 && !connection.frames.take(clock.now(), more)) {
      return { code: 'flooded', problem: 'too many calls' }
    }
    // A resumed client repeats what it was not told of; what was handled is not handled again.
    if (seq <= stream.callSeq) return takeAck(session, connection, ack)
    if (seq !== stream.callSeq + 1) return malformed(`calls ${seq} came after ${stream.callSeq}`)
    stream.callSeq = seq
    const wrongAck = takeAck(session, connection, ack)
    if (wrongAck !== null) return wrongAck
    let fault: Closing | null = null
    outbox.batch(() => {
      for (const call of calls) {
        fault = dispatch.take(session, call)
        // Each call is a resumption point, so that a request sees what the events before it did.
        resumption.run()
        // Who became a slow reader by the answers comes back, and does not repeat the calls of this frame.
        if (fault !== null || session.state.kind === 'ended') break
      }
    })
    return fault
  }

  function takeAck({ stream, tokens, arrears }: Session, connection: Connection, ack: Ack): Closing | null {
    if (ack.seq > connection.sentSeq) return malformed(`patch ${ack.seq} was never sent`)
    if (ack.eventSeq > connection.sentEventSeq) return malformed(`delivery ${ack.eventSeq} was never sent`)
    tokens.acknowledge()
    stream.deliveries.acknowledge(ack.eventSeq)
    arrears.acknowledge(ack.seq)
    return null
  }

  return {
    received,
    take(session, connection, frame) {
      if (connectionOf(session) !== connection) return
      received.frames += 1
      received.bytes += frame.length
      const closing = handle(session, connection, frame)
      resumption.run()
      if (closing === null) return
      received.closed += 1
      const { code, problem } = closing
      lines.warn(`closed the session of "${session.player.name}" (${session.userId}) as ${code}: ${problem}`)
      sessions.dismiss(session, { code, reason: `The server could not accept a message: ${problem}.` })
      resumption.run()
    },
  }
}

function malformed(problem: string): Closing {
  return { code: 'malformed', problem }
}
