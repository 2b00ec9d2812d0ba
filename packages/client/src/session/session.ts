import type { Clock, DataModel } from '@banyan/datamodel'
import {
  type DownRuns,
  decodeDownRuns,
  encodeAck,
  encodeCalls,
  encodeDatagramUp,
  encodeHello,
  encodeLeave,
  encodePing,
  type GameDefinition,
  type Patches,
  type PatchRuns,
  protocolVersion,
  type Welcome,
} from '@banyan/protocol'
import type { ServerClock } from '../clock/server-clock.ts'
import type { ClientConnection } from '../connection/connection.ts'
import type { ClientLog } from '../log.ts'
import { RemoteError, sentence } from '../remote-error.ts'
import { createRequests, type Requests } from '../remotes/requests.ts'
import { createReplica, type Replica } from '../replica/replica.ts'
import type { Desync } from '../sentinel/desync.ts'
import { type CreateSentinel, createLateSentinel } from '../sentinel/late-sentinel.ts'
import type { Identity } from '../storage/identity.ts'
import type { AckTime } from '../stream/acknowledgement.ts'
import { createDatagramStream, type DatagramStream } from '../stream/datagram-stream.ts'
import type { Outgoing } from '../stream/outgoing.ts'
import { createStream } from '../stream/stream.ts'

/** What is said on the connection: which frames go up, and what those that come down do. */
export interface Session {
  readonly replica: Replica
  readonly requests: Requests
  /** Sends a call, or keeps it for the next channel. Throws 'disconnected' when there will be none. */
  readonly push: (call: Outgoing) => void
  /** Sends a fire of an unreliable remote with the end of this task, or drops it. */
  readonly fireUnreliable: DatagramStream['fire']
  /** The channel is gone. */
  readonly pause: () => void
  readonly hello: () => Uint8Array
  readonly ping: () => Uint8Array
  leave(): Uint8Array
  readonly onFrame: (frame: Uint8Array) => void
  /** The session is over for good: what waits is rejected, and the next one begins from nothing. */
  end(reason: string): void
}

/** What a session is made of; it owns none of these. */
export interface SessionOptions {
  readonly definition: GameDefinition
  readonly game: DataModel
  readonly clock: Clock
  readonly serverClock: ServerClock
  readonly identity: Identity
  readonly log: ClientLog
  readonly isDevelopment: boolean
  readonly place: string
  readonly name: string
  readonly credentials: unknown
  readonly schedule: (run: () => void) => void
  /** Null loads it later. */
  readonly createSentinel: CreateSentinel | null
  readonly onDesync: (desync: Desync) => void
  /** Read late: the connection is made with this session's functions. */
  readonly connection: () => ClientConnection
}

/** What makes an acknowledgement urgent: well before the server's bounds of 1,000 deliveries and 256 KiB. */
const urgentAckCount = 200
const urgentAckBytes = 64 * 1024

/** Sends nothing by itself; the connection asks it for frames and hands it those that come. */
export function createSession(options: SessionOptions): Session {
  const { clock, definition, game, identity, log, serverClock } = options
  let helloMs = 0
  let hasJoined = false
  let ackedEventSeq = 0
  let unackedBytes = 0

  const replica = createReplica({
    game,
    onAnswer(answer, read) {
      if (answer.ok) requests.resolve(answer.request, read(answer.args)[0] ?? null)
      else requests.reject(answer.request, answer.code, answer.message)
    },
  })
  const requests = createRequests({ clock, home: game, push })
  const stream = createStream({
    clock,
    log,
    schedule: options.schedule,
    sendCalls: (frame) => void options.connection().send(encodeCalls(frame)),
    sendAck: (ack) => void options.connection().send(encodeAck(ack)),
    ack: () => {
      ackedEventSeq = replica.eventSeq
      unackedBytes = 0
      return { seq: replica.seq, eventSeq: replica.eventSeq }
    },
    onDropped: (request) => requests.reject(request, 'unknownRemote', 'there is no such remote'),
  })

  const datagrams = createDatagramStream({
    log,
    isDevelopment: options.isDevelopment,
    home: game,
    schedule: options.schedule,
    bufferedBytes: () => options.connection().datagrams?.bufferedBytes ?? 0,
    send: (datagram) => options.connection().datagrams?.send(encodeDatagramUp(datagram)),
  })

  const sentinel = createLateSentinel(
    {
      definition,
      game,
      clock,
      log,
      onDesync: options.onDesync,
      send: (frame) => void options.connection().send(frame),
    },
    options.createSentinel,
  )

  function push(call: Outgoing): void {
    const { state } = options.connection()
    if (state.kind === 'closed' && call.kind !== 'cancel') {
      const reason = state.reason === '' ? state.code : state.reason
      throw new RemoteError(
        'disconnected',
        `cannot call "${call.target.name}": ${sentence(reason)} Connect again.`,
      )
    }
    stream.push(call)
  }

  function welcome(message: Welcome<PatchRuns>): void {
    const isResumed = message.status === 'resumed'
    // In another run of the place the ids in waiting calls mean other things.
    const isSameRun = message.epoch === replica.epoch
    const isKept = !hasJoined || (message.status === 'rejoined' && isSameRun)
    replica.takeWelcome(message)
    if (isSameRun) serverClock.clearWindow()
    else serverClock.reset()
    serverClock.begin({ sentMs: helloMs, serverMs: message.timeMs, receivedMs: clock.now() })
    serverClock.hear(message.timeMs)
    identity.keepToken(message.token)
    if (isResumed) stream.resume(message.callSeq)
    else restart(message, { isKept })
    if (!isResumed) sentinel.restart()
    datagrams.open()
    hasJoined = true
    // Behind the stream, so that what listeners of the state call is a part of the new session.
    options.connection().joined(message.status, message.playerId)
    // The token's predecessor stays valid until the server knows that this one arrived.
    stream.oweAck('now')
  }

  /** The server knows none of the calls before: those that were sent are lost, and their requests end. */
  function restart({ callSeq }: Welcome<PatchRuns>, { isKept }: { readonly isKept: boolean }): void {
    requests.rejectAll('disconnected', 'its session is over', {
      except: (request) => isKept && stream.isQueued(request),
    })
    stream.restart(callSeq, { isKept })
  }

  function ackTime({ session }: Patches<PatchRuns>): AckTime {
    if (replica.eventSeq - ackedEventSeq >= urgentAckCount || unackedBytes >= urgentAckBytes) return 'now'
    return session !== null && session.deliveries.length > 0 ? 'soon' : 'ping'
  }

  function handle(message: DownRuns, bytes: number): void {
    switch (message.kind) {
      case 'welcome':
        return welcome(message)
      case 'snapshot':
        return replica.takePart(message)
      case 'patches':
        if (message.session !== null) {
          stream.acknowledge(message.session.callSeq)
          unackedBytes += bytes
        }
        // Before stores hear of the patch: what it says ends in three seconds does not end in more.
        serverClock.hear(message.patches.at(-1)?.timeMs ?? 0)
        replica.takePatches(message)
        if (message.news !== undefined) sentinel.take(message.news)
        requests.check()
        return stream.oweAck(ackTime(message))
      case 'pong':
        return serverClock.addSample({
          sentMs: message.clientMs,
          serverMs: message.serverMs,
          receivedMs: clock.now(),
        })
      case 'datagram':
        return replica.takeDatagram(message)
      case 'close':
        return options.connection().refused(message.code, message.reason)
    }
  }

  return {
    replica,
    requests,
    push,
    fireUnreliable: datagrams.fire,
    pause() {
      stream.pause()
      datagrams.close()
      sentinel.pause()
      replica.pause()
    },
    hello() {
      helloMs = clock.now()
      const token = identity.token()
      const { epoch, seq, eventSeq } = replica
      const place = epoch === null || !hasJoined ? {} : { epoch, seq, eventSeq }
      return encodeHello({
        protocolVersion,
        definitionHash: definition.hash,
        place: options.place,
        guestKey: identity.guestKey,
        turn: identity.turn,
        name: options.name,
        credentials: options.credentials,
        resume: token === null ? null : { token, ...place },
      })
    },
    ping() {
      stream.beat()
      return encodePing({ clientMs: clock.now() })
    },
    leave() {
      stream.flush()
      return encodeLeave()
    },
    onFrame(frame) {
      try {
        const decoded = decodeDownRuns(definition, frame)
        if (!decoded.ok) throw new Error(decoded.problem)
        handle(decoded.value, frame.length)
        replica.whenWhole(() => game.settle())
      } catch (error) {
        // What the frame should have said is not known, and the frames behind it build on that.
        replica.distrust()
        log.error('the server sent what this client cannot take; it asks for everything again', error)
        options.connection().restart('this client lost its way')
      }
    },
    end(reason) {
      hasJoined = false
      stream.pause()
      stream.clear()
      identity.forgetToken()
      requests.rejectAll('disconnected', reason)
    },
  }
}
