import type { Clock, DataModel, Player } from '@banyan/datamodel'
import {
  type Channel,
  DatagramOrder,
  type EncodedPatch,
  encodeWelcome,
  type Hello,
  type WelcomeHeader,
  type WelcomeStatus,
} from '@banyan/protocol'
import type { Limits } from '../limits/limits.ts'
import { TokenBucket } from '../limits/token-bucket.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { type Connection, connectionOf, type Session, type Stream } from '../sessions/session.ts'
import { type Farewell, type Sessions, takenOver } from '../sessions/sessions.ts'
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
  const beganMs = options.clock.now()
  const { maxPlayers } = game.getService('Players')
  const known = sessions.find(identity.userId)
  if (known === null && sessions.size >= maxPlayers) {
    return {
      ok: false,
      farewell: { code: 'placeFull', reason: `This place is full (${maxPlayers} players).` },
    }
  }
  if (known !== null && isOvertaken(known, hello)) {
    // Its page may be gone: what is newer keeps the session, and is told nothing.
    return { ok: false, farewell: takenOver }
  }
  const session = known ?? sessions.open(identity)
  session.newest = { guestKey: hello.guestKey, turn: hello.turn }
  const status = known === null ? 'new' : returnStatus(options, known, hello)
  if (status === 'rejoined') {
    session.stream.requests.abandon()
    session.stream = options.createStream(session.player)
  }
  const connection = connect(options, session, { channel, hello, status })
  sessions.attach(session, connection)
  outbox.commit()
  // A handler of `playerAdded` may have kicked the player, whose channel is closed by then.
  if (connectionOf(session) === connection) welcome(options, session, { connection, hello, status, beganMs })
  return { ok: true, session, connection }
}

/** Turns of one guest key have an order; between browsers of one user, the hello that arrives last is the newest. */
function isOvertaken({ newest }: Session, { guestKey, turn }: Hello): boolean {
  return newest !== null && newest.guestKey === guestKey && turn < newest.turn
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

type Welcoming = Greeting & { readonly connection: Connection; readonly beganMs: number }

interface Lacks {
  readonly patches: readonly EncodedPatch[]
}

function connect(
  { clock, limits, game }: JoinOptions,
  { stream, arrears }: Session,
  { channel, hello, status }: Greeting & { readonly channel: Channel },
): Connection {
  const nowMs = clock.now()
  const resume =
    status === 'resumed' && hello.resume !== null && 'epoch' in hello.resume ? hello.resume : null
  const sentEventSeq = resume?.eventSeq ?? 0
  stream.deliveries.acknowledge(sentEventSeq)
  if (resume !== null) arrears.resume(resume.seq)
  return {
    channel,
    frames: new TokenBucket(limits.frames, nowMs),
    datagrams: new DatagramOrder(),
    isWelcomed: false,
    isFed: false,
    isHeld: false,
    asked: null,
    checkedSeq: game.snapshot.seq,
    sentSeq: 0,
    sentEventSeq,
    toldCallSeq: stream.callSeq,
    toldMs: nowMs,
  }
}

/** The patch that the client's replica shows; 0 for none of this run, and for a claim that no client of it can make. */
function shownSeq({ game, epoch }: JoinOptions, { resume }: Hello): number {
  if (resume === null || !('epoch' in resume) || resume.epoch !== epoch) return 0
  return resume.seq <= game.snapshot.seq ? resume.seq : 0
}

/** At once where the replica goes on, else behind a snapshot, which may take several turns. */
function welcome(options: JoinOptions, session: Session, greeting: Welcoming): void {
  const { outbox } = options
  const { hello, status, connection, beganMs } = greeting
  const seq = shownSeq(options, hello)
  const missed = status === 'resumed' ? outbox.missed(session, seq) : null
  if (missed !== null) return sendWelcome(options, session, { ...greeting, seq, patches: missed })
  outbox.feed({
    session,
    connection,
    minSeq: seq,
    beganMs,
    whole({ seq: of, patches }) {
      // What a slow line missed meanwhile may be too much to tell; it is shown something, and then another snapshot.
      connection.isHeld = patches === null
      sendWelcome(options, session, { ...greeting, seq: of, patches: patches ?? [] })
    },
  })
}

function sendWelcome(
  { game, clock, epoch, tickHz }: JoinOptions,
  { player, stream, tokens, arrears }: Session,
  {
    connection,
    hello,
    status,
    seq,
    patches,
  }: Omit<Welcoming, 'beganMs'> & Pick<WelcomeHeader, 'seq'> & Lacks,
): void {
  const shown = hello.resume !== null && tokens.accepts(hello.resume.token) ? hello.resume.token : null
  const token = tokens.rotate(shown)
  const header = { status, epoch, token, playerId: player.id, callSeq: stream.callSeq, seq, tickHz }
  connection.sentSeq = connection.isHeld ? seq : game.snapshot.seq
  if (!connection.isHeld) arrears.paid(game.snapshot.seq)
  connection.isWelcomed = true
  connection.channel.send(
    encodeWelcome({ ...header, timeMs: clock.now(), eventSeq: connection.sentEventSeq + 1 }, patches),
  )
}
