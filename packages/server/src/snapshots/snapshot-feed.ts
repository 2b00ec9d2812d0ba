import { type AudienceId, type Clock, type DataModel, meets } from '@banyan/datamodel'
import { type EncodedPatch, encodeSnapshotPart } from '@banyan/protocol'
import type { Report } from '../isolation.ts'
import type { Limits } from '../limits/limits.ts'
import type { MissedPatches } from '../outbox/missed-patches.ts'
import type { PatchLog } from '../outbox/patch-log.ts'
import { type Connection, connectionOf, type Session } from '../sessions/session.ts'
import { createOwnParts } from './own-parts.ts'
import { createSnapshotBase, type SnapshotBase } from './snapshot-base.ts'

/**
 * The work of one turn of the loop, whoever waits for it: until this time is up, and no more than so many stretches. A
 * stretch is the instances of a part, looked at or encoded; it is never cut, so that a turn may be longer by one.
 */
const turnMs = 4
const stretchesPerTurn = 8
const framesPerTurn = 16

/** How long a line that can take no more is left alone: about as long as a busy one takes to empty itself. */
const blockedMs = 5

/** Patches on top of a snapshot may grow to this, or a quarter of it; then the next one who needs it gets a new one. */
const leastFreshBytes = 8 * 1024
const freshBytesCap = 128 * 1024

/** Someone who needs a snapshot. */
export interface Feeding {
  readonly session: Session
  readonly connection: Connection
  /** What the client's replica shows already; nobody is taken back in time. */
  readonly minSeq: number
  /** When what led here began, which counts as part of this turn of the loop. */
  readonly beganMs: number
  /** Everything has been sent; a frame must follow that builds on it. */
  whole(shown: ShownSnapshot): void
}

/** A snapshot that was sent. */
export interface ShownSnapshot {
  /** The patch that it shows. */
  readonly seq: number
  /** What the player lacks beside it; null where that is too much, or gone. */
  readonly patches: readonly EncodedPatch[] | null
}

/** Sends snapshots in parts: bounded work a turn, no more under way on a line than it can take, encoded once for all. */
export interface SnapshotFeed {
  /** Whether there is a fresh snapshot, which serves who joins later only while the patches on top of it are kept. */
  readonly hasFresh: boolean
  /** Sends at once what a turn allows, and the rest by and by. Ends in silence when the connection does. */
  start(feeding: Feeding): void
  /** To be called each tick: lines may have room again, and a stale snapshot is let go. */
  resume(): void
  /** Leaves no timer. */
  close(): void
}

export interface SnapshotFeedOptions {
  readonly game: DataModel
  readonly clock: Clock
  readonly log: PatchLog
  readonly missedPatches: MissedPatches
  readonly report: Report
  readonly limits: Pick<Limits, 'unsentBytes' | 'snapshotInstances'>
  /** Hears of a session whose connection cannot be sent its snapshot, for a reason that was reported. */
  readonly failed: (session: Session) => void
}

interface Cursor extends Feeding {
  readonly base: SnapshotBase
  /** Whether the base is older than the player, who then is shown what everyone sees of it, and the rest as of now. */
  readonly isNewcomer: boolean
  /** What the player met at the base. */
  readonly met: readonly AudienceId[]
  /** Segments that travel with the end. */
  readonly rests: Uint8Array[]
  piece: number
}

/** The last base, and what everyone had been told by then. */
interface Cached {
  readonly base: SnapshotBase
  readonly toldBytes: number
}

interface Budget {
  /** To be looked at, or encoded. */
  instances: number
  frames: number
  readonly endMs: number
}

export function createSnapshotFeed({
  game,
  clock,
  log,
  missedPatches,
  report,
  limits,
  failed,
}: SnapshotFeedOptions): SnapshotFeed {
  let cached: Cached | null = null
  let waiting: Cursor[] = []
  let cancelTurn: (() => void) | null = null

  const ownParts = createOwnParts(game, limits.snapshotInstances)

  function isFresh({ base, toldBytes }: Cached): boolean {
    const bound = Math.max(leastFreshBytes, Math.min(base.bytes / 4, freshBytesCap))
    return log.reaches(base.stamp.seq, null) && log.toldBytes - toldBytes <= bound
  }

  /**
   * Whether a base serves a player. Nobody is taken back in time; and who was not there yet is told nothing that was
   * hidden since.
   */
  function serves({ base }: Cached, { minSeq, session: { player } }: Feeding): boolean {
    const { stamp, snapshot } = base
    if (stamp.seq < minSeq) return false
    if (snapshot.audiences.has(player.id)) return log.reaches(stamp.seq, player.id)
    return log.hidFromAllSeq <= stamp.seq && ownParts.fit(player.id)
  }

  function begin(feeding: Feeding): Cursor {
    if (cached === null || !isFresh(cached) || !serves(cached, feeding)) {
      cached = { base: createSnapshotBase(game.snapshot, limits.snapshotInstances), toldBytes: log.toldBytes }
    }
    const { base } = cached
    const met = base.snapshot.audiences.get(feeding.session.player.id)
    return { ...feeding, base, isNewcomer: met === undefined, met: met ?? [], rests: [], piece: 0 }
  }

  /** Sends what the budget allows; the cursor that goes on later, or null when there is nothing more to do. */
  function advance(cursor: Cursor, budget: Budget): Cursor | null {
    const { session, connection, base } = cursor
    if (connectionOf(session) !== connection) return null
    while (!isBlocked(cursor)) {
      const piece = base.pieces[cursor.piece]
      if (piece === undefined) {
        if (base.isWhole) return finish(cursor)
        if (isSpent(budget)) return cursor
        budget.instances -= base.advance()
      } else if (!meets(cursor.met, piece.conditions)) {
        cursor.piece += 1
      } else if (piece.bytes === null) {
        if (isSpent(budget)) return cursor
        budget.instances -= piece.size
        piece.encode()
      } else {
        if (piece.kind === 'frame' && budget.frames === 0) return cursor
        cursor.piece += 1
        if (piece.kind === 'rest') cursor.rests.push(piece.bytes)
        else {
          budget.frames -= 1
          connection.channel.send(piece.bytes)
        }
      }
    }
    return cursor
  }

  function finish(cursor: Cursor): Cursor | null {
    const { session, connection, base, isNewcomer, rests } = cursor
    const { seq } = base.stamp
    connection.channel.send(encodeSnapshotPart(rests, base.stamp))
    const { id } = session.player
    const patches = missedPatches({ seq, playerId: isNewcomer ? null : id, line: 'joining' })
    // What is gone cannot be told to who was not there, nor what has become too much; the client forgets what it got.
    if (isNewcomer && (patches === null || !ownParts.fit(id))) return begin(cursor)
    cursor.whole({ seq, patches: isNewcomer ? ownParts.addTo(patches ?? [], id) : patches })
    return null
  }

  function isSpent({ instances, endMs }: Budget): boolean {
    return instances <= 0 || clock.now() >= endMs
  }

  function isBlocked({ connection }: Cursor): boolean {
    return connection.channel.bufferedBytes > limits.unsentBytes
  }

  /** A fault is one connection's, which would wait for the rest for good; who comes back gets another snapshot. */
  function attempt({ session, connection }: Feeding, run: () => void): void {
    try {
      run()
    } catch (error) {
      cached = null
      report(error, 'snapshot')
      if (connectionOf(session) === connection) failed(session)
    }
  }

  function turn(beganMs: number): void {
    cancelTurn = null
    const budget = {
      instances: stretchesPerTurn * limits.snapshotInstances,
      frames: framesPerTurn,
      endMs: beganMs + turnMs,
    }
    const going = waiting
    waiting = []
    for (const cursor of going) {
      attempt(cursor, () => {
        const rest = advance(cursor, budget)
        if (rest !== null) waiting.push(rest)
      })
    }
    // Who has had its turn comes last in the next one.
    const [first] = waiting
    if (first !== undefined && budget.frames === 0) waiting = [...waiting.slice(1), first]
    schedule()
  }

  /** The next turn comes at once where somebody can take more. */
  function schedule(): void {
    if (cancelTurn !== null || waiting.length === 0) return
    cancelTurn = clock.after(waiting.every(isBlocked) ? blockedMs : 0, () => turn(clock.now()))
  }

  return {
    get hasFresh() {
      return cached !== null && isFresh(cached)
    },
    start(feeding) {
      attempt(feeding, () => waiting.push(begin(feeding)))
      if (cancelTurn === null) turn(feeding.beganMs)
    },
    resume() {
      if (cached !== null && !isFresh(cached)) cached = null
      // A line may have room again before its time.
      cancelTurn?.()
      cancelTurn = null
      schedule()
    },
    close() {
      cancelTurn?.()
      cancelTurn = null
      waiting = []
    },
  }
}
