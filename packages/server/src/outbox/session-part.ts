import type { Clock, DataModel, Instance, Player } from '@banyan/datamodel'
import type { Delivery } from '@banyan/protocol'
import type { Connection, Session, Stream } from '../sessions/session.ts'
import type { SessionFrames } from './session-frames.ts'

/** How long a client may wait to hear that its calls arrived, when nothing else is said to it. */
const ackMs = 1000

export interface SessionPartOptions {
  readonly game: DataModel
  readonly clock: Clock
  /** Of the flush that goes on. */
  readonly frames: SessionFrames
  /** Commits begun so far. */
  readonly commits: () => number
  /** Hears of instances that a player may not see and so gets null for. */
  readonly hidden: (instance: Instance, player: Player) => void
}

/** Adds to a frame of patches, or to none, what is for one session alone: its deliveries, and which calls arrived. */
export type AddSessionPart = (
  session: Session,
  connection: Connection,
  shared: Uint8Array | null,
) => Uint8Array | null

/** What it adds counts as sent. */
export function createSessionPart({
  game,
  clock,
  frames,
  commits,
  hidden,
}: SessionPartOptions): AddSessionPart {
  /** Asks the clock only where there is something to tell: this runs for every client at every tick. */
  function owesAck({ callSeq }: Stream, { toldCallSeq, toldMs }: Connection): boolean {
    return callSeq > toldCallSeq && clock.now() - toldMs >= ackMs
  }

  return ({ stream }, connection, shared) => {
    const eventSeq = connection.sentEventSeq + 1
    if (eventSeq === stream.deliveries.nextSeq && !owesAck(stream, connection)) return shared
    // What a store's listener fires while a commit runs, or a handler after it, waits for the commit of its writes.
    const deliveries: Delivery[] = []
    for (const queued of stream.deliveries.since(eventSeq)) {
      if (queued.commit < commits()) deliveries.push(queued.wire(game.snapshot, hidden))
    }
    if (deliveries.length === 0 && !owesAck(stream, connection)) return shared
    connection.sentEventSeq = eventSeq + deliveries.length - 1
    connection.toldCallSeq = stream.callSeq
    connection.toldMs = clock.now()
    return frames.with(shared, { callSeq: stream.callSeq, eventSeq, deliveries })
  }
}
