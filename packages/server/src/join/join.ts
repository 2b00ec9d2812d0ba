import type { Clock, DataModel, Player } from '@banyan/datamodel'
import { view } from '@banyan/datamodel'
import {
  type Channel,
  createDatagramOrder,
  type EncodedPatch,
  encodeSegment,
  encodeSnapshotPart,
  encodeWelcome,
  type Hello,
  type WelcomeStatus,
} from '@banyan/protocol'
import type { Limits } from '../limits/limits.ts'
import { TokenBucket } from '../limits/token-bucket.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { type Connection, connectionOf, type Session, type Stream } from '../sessions/session.ts'
import type { Farewell, Sessions } from '../sessions/sessions.ts'
import type { Identity } from './identity.ts'

/** A connection that is in, or the words by which it is turned away. */
export type Admission =
  | { readonly ok: true; readonly session: Session; readonly connection: Connection }
  | { readonly ok: false; readonly farewell: Farewell }

export interface JoinOptions {
  readonly game: DataModel
  readonly clock: Clock
  readonly epoch: string
  readonly limits: Limits
  readonly outbox: Outbox
  readonly sessions: Sessions
  readonly tickHz: number
  createStream(player: Player): Stream
}

/** Someone whose identity is known, at the door. */
export interface Arrival {
  readonly channel: Channel
  readonly hello: Hello
  readonly identity: Identity
}

/** Lets someone in: session, player, commit, welcome, in one go, so that the snapshot shows the player. */
export function join(options: JoinOptions, { channel, hello, identity }: Arrival): Admission {
  const { sessions, outbox, game } = options
  const { maxPlayers } = game.getService('Players')
  const known = sessions.find(identity.userId)
  if (known === null && sessions.size >= maxPlayers) {
    return {
      ok: false,
      farewell: { code: 'placeFull', reason: `This place is full (${maxPlayers} players).` },
    }
  }
  const session = known ?? sessions.open(identity)
  const status = known === null ? 'new' : returnStatus(options, known, hello)
  if (status === 'rejoined') {
    session.stream.requests.abandon()
    session.stream = options.createStream(session.player)
  }
  const connection = connect(options, session, { channel, hello, status })
  sessions.attach(session, connection)
  outbox.commit()
  // A handler of `playerAdded` may have kicked the player, whose channel is closed by then.
  if (connectionOf(session) === connection) welcome(options, session, { connection, hello, status })
  return { ok: true, session, connection }
}

/** Whether a returning client can go on where it was: it shows the session's token and has lost nothing. */
function returnStatus({ epoch }: JoinOptions, { tokens, stream }: Session, { resume }: Hello): WelcomeStatus {
  if (resume === null || !('epoch' in resume)) return 'rejoined'
  if (!tokens.accepts(resume.token) || resume.epoch !== epoch) return 'rejoined'
  const { deliveries } = stream
  const hasAll = resume.eventSeq >= deliveries.firstSeq - 1 && resume.eventSeq < deliveries.nextSeq
  return hasAll && !deliveries.hasLost ? 'resumed' : 'rejoined'
}

interface Greeting {
  readonly hello: Hello
  readonly status: WelcomeStatus
}

type Welcoming = Greeting & { readonly connection: Connection }

function connect(
  { clock, limits }: JoinOptions,
  { stream }: Session,
  { channel, hello, status }: Greeting & { readonly channel: Channel },
): Connection {
  const nowMs = clock.now()
  const resume =
    status === 'resumed' && hello.resume !== null && 'epoch' in hello.resume ? hello.resume : null
  const sentEventSeq = resume?.eventSeq ?? 0
  stream.deliveries.acknowledge(sentEventSeq)
  return {
    channel,
    frames: new TokenBucket(limits.frames, nowMs),
    datagrams: createDatagramOrder(),
    isWelcomed: false,
    welcomeBytes: 0,
    sentSeq: 0,
    sentEventSeq,
    toldCallSeq: stream.callSeq,
    toldMs: nowMs,
  }
}

function welcome(options: JoinOptions, session: Session, greeting: Welcoming): void {
  const { game, clock, epoch, tickHz } = options
  const { player, stream, tokens } = session
  const { connection, hello, status } = greeting
  const missed = missedPatches(options, session, greeting)
  const base = missed === null ? sendSnapshot(options, session, connection) : missed
  const shown = hello.resume !== null && tokens.accepts(hello.resume.token) ? hello.resume.token : null
  const frame = encodeWelcome(
    {
      status,
      epoch,
      token: tokens.rotate(shown),
      playerId: player.id,
      callSeq: stream.callSeq,
      seq: base.seq,
      tickHz,
      timeMs: clock.now(),
      eventSeq: connection.sentEventSeq + 1,
    },
    base.patches,
  )
  connection.sentSeq = game.snapshot.seq
  connection.welcomeBytes += frame.length
  connection.isWelcomed = true
  connection.channel.send(frame)
}

/** What a client has, and the patches that it lacks beside that. */
interface Base {
  readonly seq: number
  readonly patches: readonly EncodedPatch[]
}

/** What a replica that goes on lacks; null where it has to be told everything. */
function missedPatches(
  { game, outbox }: JoinOptions,
  session: Session,
  { hello, status }: Greeting,
): Base | null {
  if (status !== 'resumed' || hello.resume === null || !('seq' in hello.resume)) return null
  const { seq } = hello.resume
  const { patches } = outbox
  const { id } = session.player
  if (seq === 0 || seq > game.snapshot.seq || !patches.reaches(seq, id)) return null
  return { seq, patches: patches.after(seq, id) }
}

function sendSnapshot({ game }: JoinOptions, { player }: Session, connection: Connection): Base {
  const { seq, tick, timeMs } = game.snapshot
  const creates = encodeSegment(game.definition, view(game.snapshot, player.id))
  const frame = encodeSnapshotPart([creates], { seq, tick, timeMs })
  connection.welcomeBytes += frame.length
  connection.channel.send(frame)
  return { seq, patches: [] }
}
