import {
  type BaseRemoteEvent,
  type DataModel,
  type Instance,
  isVisibleAt,
  type Player,
} from '@banyan/datamodel'
import {
  type DatagramLane,
  encodeDatagramDown,
  type SharedArguments,
  unreliableExcess,
  unreliableRoomBytes,
} from '@banyan/protocol'
import { isolate, type Report } from '../isolation.ts'
import { type Connection, connectionOf, type Session } from '../sessions/session.ts'

/** What a frame adds to its arguments, at most, but for instances. */
const frameBytes = 32

/** A fire of an unreliable remote, for any number of receivers. */
export interface UnreliableFire {
  readonly remote: BaseRemoteEvent
  readonly args: SharedArguments
}

/** The way of unreliable fires: each leaves when its task ends, or at the end of the tick, or never. */
export interface DatagramOutbox {
  /** Drops it for who is not connected or is behind; keeps nothing beyond the task. */
  fire(fire: UnreliableFire, sessions: Iterable<Session>): void
  /** Sends what was fired in this task. */
  flush(): void
}

export interface DatagramOutboxOptions {
  readonly game: DataModel
  readonly report: Report
  /** Grows with each frame that is sent. */
  readonly sent: { frames: number; bytes: number }
  /** Hears of instances that a player may not see and so gets null for. */
  hidden(instance: Instance, player: Player): void
  /** Hears of a fire that is too large, with a line for the log. */
  oversize(remote: BaseRemoteEvent, line: string): void
}

interface Due extends UnreliableFire {
  readonly seq: number
  readonly receivers: readonly { readonly session: Session; readonly connection: Connection }[]
}

export function createDatagramOutbox({
  game,
  report,
  sent,
  hidden,
  oversize,
}: DatagramOutboxOptions): DatagramOutbox {
  /** One count for all receivers, so that those who see the same share a frame. */
  let seq = 0
  let due: Due[] = []
  const dueBytes = new Map<Connection, number>()
  let isScheduled = false

  /** Decided at the fire: at the end of a tick, the tick's own frame has not left yet. */
  function takeRoom(connection: Connection, bytes: number): boolean {
    const waiting = dueBytes.get(connection) ?? 0
    if (laneOf(connection).bufferedBytes + waiting + bytes > unreliableRoomBytes) return false
    dueBytes.set(connection, waiting + bytes)
    return true
  }

  function send({ seq, remote, args, receivers }: Due): void {
    /** By the instances as their receivers may know them. */
    const frames = new Map<string, Uint8Array>()
    for (const { session, connection } of receivers) {
      const { player } = session
      if (connectionOf(session) !== connection) continue
      if (!isVisibleAt(game.snapshot, remote, player.id)) continue
      const instances = args.instances.map((instance) => idFor(player, instance))
      const key = instances.join()
      const frame =
        frames.get(key) ??
        encodeDatagramDown({ seq, remote: remote.id, args: { bytes: args.bytes, instances } })
      frames.set(key, frame)
      sent.frames += 1
      sent.bytes += frame.length
      laneOf(connection).send(frame)
    }
  }

  function idFor(player: Player, instance: Instance): number {
    if (isVisibleAt(game.snapshot, instance, player.id)) return instance.id
    hidden(instance, player)
    return 0
  }

  function flush(): void {
    isScheduled = false
    if (due.length === 0) return
    const sending = due
    due = []
    dueBytes.clear()
    for (const fire of sending) send(fire)
  }

  return {
    fire({ remote, args }, sessions) {
      const excess = unreliableExcess(remote.name, args)
      if (excess !== null) return oversize(remote, excess)
      const receivers: Due['receivers'][number][] = []
      for (const session of sessions) {
        const connection = connectionOf(session)
        if (connection === null || !connection.isWelcomed) continue
        if (takeRoom(connection, args.bytes.length + frameBytes)) receivers.push({ session, connection })
      }
      seq += 1
      if (receivers.length === 0) return
      due.push({ seq, remote, args, receivers })
      if (isScheduled) return
      isScheduled = true
      queueMicrotask(() => isolate('unreliable fires', report, flush))
    },
    flush,
  }
}

/** The channel itself where its transport has no way of datagrams. */
function laneOf({ channel }: Connection): DatagramLane {
  return channel.datagrams ?? channel
}
