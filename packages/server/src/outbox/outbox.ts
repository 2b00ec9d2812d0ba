import type { BaseRemoteEvent, Clock, DataModel, Instance, Patch, Player } from '@banyan/datamodel'
import { type EncodedPatch, encodePatches } from '@banyan/protocol'
import type { Report } from '../isolation.ts'
import type { Limits } from '../limits/limits.ts'
import type { Resumption } from '../resumption.ts'
import type { Sentinel } from '../sentinel/sentinel.ts'
import type { Connection, Session } from '../sessions/session.ts'
import { connectionOf } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { createSnapshotFeed, type Feeding } from '../snapshots/snapshot-feed.ts'
import { createArrearsLedger } from './arrears-ledger.ts'
import { createDatagramOutbox, type DatagramOutbox } from './datagram-outbox.ts'
import { createEarlyFlush } from './early-flush.ts'
import { type Behind, createMissedPatches, withOwed } from './missed-patches.ts'
import { createPatchLog } from './patch-log.ts'
import { hasSkipping } from './patch-pieces.ts'
import { type Outgoing, QueuedDelivery, sizeOfOutgoing } from './queued-delivery.ts'
import { SessionFrames } from './session-frames.ts'
import { createSessionPart } from './session-part.ts'

/** Everything that leaves a place for its clients. */
export interface Outbox {
  /** Frames and bytes sent since the start. */
  readonly sent: { readonly frames: number; readonly bytes: number }
  /** What a replica of the session at `seq` lacks; null where it needs a snapshot. */
  missed(session: Session, seq: number): readonly EncodedPatch[] | null
  /** What a player was told after `seq`, as far as it is kept, oldest first. */
  patchesAfter(seq: number, playerId: number): readonly EncodedPatch[]
  /** Sends a snapshot in parts, ahead of everything else. */
  readonly feed: (feeding: Feeding) => void
  /** A resumption point, and then a commit. */
  commit(): void
  /** Sends every client what it lacks: at most one frame each. */
  flushAll(): void
  /** Queues a delivery. A client that has too many unacknowledged is dismissed as a slow reader. */
  deliver(session: Session, outgoing: Outgoing): void
  /** Unreliable fires, which leave with the tick or the task, outside of the frames of deliveries. */
  readonly fireUnreliable: DatagramOutbox['fire']
  /** Sends a frame that waits for no commit, and counts it not; a client with too much unread is dismissed instead. */
  reply(session: Session, connection: Connection, frame: Uint8Array): void
  /** Commits and flushes this session ahead of the tick, once the current batch or microtask ends. */
  flushSoon(session: Session): void
  /** Runs with early flushes held back until the end, so that many answers share one commit and one frame. */
  batch(run: () => void): void
  /** Leaves no timer. */
  close(): void
}

export interface OutboxOptions {
  readonly game: DataModel
  readonly sessions: Sessions
  readonly clock: Clock
  readonly limits: Limits
  readonly resumption: Resumption
  readonly report: Report
  /** Null where it is switched off. */
  readonly sentinel: Sentinel | null
  tick(): number
  /** Hears of each commit that has operations; must not throw. */
  readonly committed: (patch: Patch) => void
  /** Hears of instances that a player may not see and so gets null for. */
  hidden(instance: Instance, player: Player): void
  /** Hears of unreliable fires that are too large, with a line for the log. */
  oversize(remote: BaseRemoteEvent, line: string): void
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { game, sessions, clock, limits, report, resumption } = options
  const patches = createPatchLog({ game, bound: limits.patches, committed: options.committed })
  const maySkip = hasSkipping(game.definition)
  const ledger = createArrearsLedger({ game, sessions, skipped: patches.skipped })
  const missedPatches = createMissedPatches({ log: patches, game, limits })
  const feed = createSnapshotFeed({
    game,
    clock,
    log: patches,
    missedPatches,
    report,
    limits,
    failed(session) {
      sessions.dismiss(session, { code: 'serverFault', reason: 'The server could not show you this place.' })
    },
  })
  const sent = { frames: 0, bytes: 0 }
  const datagrams = createDatagramOutbox({
    game,
    report,
    sent,
    hidden: options.hidden,
    oversize: options.oversize,
  })
  const early = createEarlyFlush({ report, commit, flush: flushEach })
  const frames = new SessionFrames()
  const addSessionPart = createSessionPart({
    game,
    clock,
    frames,
    commits: () => commits,
    hidden: options.hidden,
  })
  /** Begun so far. */
  let commits = 0

  function commit(): void {
    resumption.run()
    commits += 1
    // Who joins an empty place is served by what those before got, as long as little has changed.
    const hasReaders = sessions.size > 0 || feed.hasFresh
    patches.commit({ tick: options.tick(), hasReaders, isNumbered: maySkip && ledger.mustNumber() })
  }

  function flush(session: Session): void {
    const connection = connectionOf(session)
    if (connection === null || !connection.isWelcomed || connection.isFed) return
    if (connection.channel.bufferedBytes > limits.unsentBytes) return hold(session, connection)
    // So much may be written in one tick that not all of it is kept.
    if (connection.isHeld || connection.sentSeq < patches.goneSeq) return catchUp(session, connection)
    send(session, connection, nextFrame(session, connection))
  }

  function hold({ arrears }: Session, connection: Connection): void {
    connection.isHeld = true
    if (maySkip && patches.skipped.reaches(connection.sentSeq)) arrears.owe(connection.sentSeq)
  }

  /**
   * The patches that a client lacks. Values that may skip are not among them while what was sent before has not left,
   * and come as they are by then as soon as it has.
   */
  function nextFrame({ arrears, player }: Session, { channel, sentSeq }: Connection): Uint8Array | null {
    const { owedSince } = arrears
    const isCongested = maySkip && channel.bufferedBytes > 0 && patches.skipped.reaches(sentSeq)
    if (owedSince === null && !isCongested) return patches.frameAfter(sentSeq, player.id)
    const told = isCongested || owedSince === null ? null : patches.frameOwed(sentSeq, player.id, owedSince)
    const { frame, isWhole } = told ?? patches.frameWithout(sentSeq, player.id)
    if (!isWhole) arrears.owe(sentSeq)
    else if (told !== null) arrears.paid(game.snapshot.seq)
    return frame
  }

  /** A reader that was too slow for each patch gets what they come to, or everything where that is less. */
  function catchUp(session: Session, connection: Connection): void {
    const { arrears, player } = session
    const isCongested = arrears.owedSince !== null && connection.channel.bufferedBytes > 0
    const lacks = isCongested
      ? missedPatches({ seq: connection.sentSeq, playerId: player.id, values: 'kept', line: 'slow' })
      : missed(session, connection.sentSeq, 'slow')
    if (lacks === null) return refresh(session, connection)
    connection.isHeld = false
    if (!isCongested) arrears.paid(game.snapshot.seq)
    send(session, connection, lacks.length === 0 ? null : encodePatches(lacks))
  }

  function refresh(session: Session, connection: Connection): void {
    connection.isFed = true
    feed.start({
      session,
      connection,
      minSeq: connection.sentSeq,
      beganMs: clock.now(),
      whole({ seq, patches: lacks }) {
        connection.isFed = false
        connection.sentSeq = seq
        connection.isHeld = lacks === null
        if (lacks === null) return connection.channel.send(encodePatches([]))
        session.arrears.paid(game.snapshot.seq)
        send(session, connection, encodePatches(lacks))
      },
    })
  }

  function missed(session: Session, seq: number, line?: Behind['line']): readonly EncodedPatch[] | null {
    if (seq <= session.beforeSeq || seq > game.snapshot.seq) return null
    const { arrears, player } = session
    const lack = { seq, playerId: player.id, ...(line === undefined ? {} : { line }) }
    const since = arrears.owedSince
    if (since === null) return missedPatches(lack)
    const kept = missedPatches({ ...lack, values: 'kept' })
    return kept && withOwed({ log: patches, game }, kept, { ...lack, since })
  }

  /** Sends the patches and what the session is owed beside them, if anything. */
  function send(session: Session, connection: Connection, shared: Uint8Array | null): void {
    const news = options.sentinel?.newsFor(session, connection) ?? null
    const plain = addSessionPart(session, connection, shared)
    const frame =
      news === null || news === 'snapshot' ? plain : (options.sentinel?.addTo(plain, news) ?? plain)
    connection.sentSeq = game.snapshot.seq
    if (frame !== null) {
      sent.frames += 1
      sent.bytes += frame.length
      connection.channel.send(frame)
    }
    if (news === 'snapshot') refresh(session, connection)
  }

  function tooSlow(session: Session): void {
    sessions.dismiss(session, { code: 'slowReader', reason: 'The connection is too slow for this place.' })
  }

  function flushEach(flushing: Iterable<Session>): void {
    for (const session of flushing) flush(session)
    frames.forget()
  }

  return {
    sent,
    missed: (session, seq) => missed(session, seq),
    patchesAfter: (seq, playerId) => patches.after(Math.max(seq, patches.goneSeq), playerId),
    feed: feed.start,
    close: feed.close,
    commit,
    flushAll() {
      options.sentinel?.look(sessions.size > 0)
      flushEach(sessions.all())
      if (maySkip) ledger.forget()
      feed.resume()
      datagrams.flush()
    },
    fireUnreliable: datagrams.fire,
    deliver(session, outgoing) {
      if (session.state.kind === 'ended') return
      const { deliveries } = session.stream
      const at = { snapshot: game.snapshot, commit: commits }
      deliveries.push(new QueuedDelivery(outgoing, session.player, at), sizeOfOutgoing(outgoing))
      if (deliveries.isFull) tooSlow(session)
    },
    reply(session, connection, frame) {
      if (connection.channel.bufferedBytes > limits.unreadBytes) tooSlow(session)
      else connection.channel.send(frame)
    },
    flushSoon: early.soon,
    batch: early.batch,
  }
}
