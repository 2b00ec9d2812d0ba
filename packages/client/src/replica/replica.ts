import {
  applyRuns,
  createSnapshotStage,
  type DataModel,
  deliverEvent,
  type Instance,
  RemoteEvent,
  type SnapshotStage,
  setLocalPlayer,
  showSnapshot,
  UnreliableRemoteEvent,
} from '@banyan/datamodel'
import {
  type Datagram,
  DatagramOrder,
  type Delivery,
  decodeArguments,
  type EncodedArguments,
  type Patches,
  type PatchRuns,
  type PatchStamp,
  type SnapshotRuns,
  type Welcome,
} from '@banyan/protocol'

/** The client's copy of the part of the tree that its player may see. */
export interface Replica {
  /** The last applied patch and the last received delivery. */
  readonly seq: number
  readonly eventSeq: number
  /** Which run of the place it is a copy of; null before the first snapshot. */
  readonly epoch: string | null
  /** The server's time of the last applied patch, or of the one that stores are being told of. */
  readonly timeMs: number
  /** Runs at once, or at the first call after the next snapshot: between a fault and that, handlers would see half a patch. */
  whenWhole(run: () => void): void
  /**
   * Makes what a part of a snapshot tells, out of sight until the frame behind the last part, a welcome or patches, which shows
   * all at once. Throws when it cannot be made.
   */
  takePart(part: SnapshotRuns): void
  /**
   * Replaces or mends what is there by the snapshot that came, if one did, then brings it up to date: equal records stay
   * `===`, and handles too within one run of the place. Throws when that does not fit, as `takePatches` does.
   */
  takeWelcome(welcome: Welcome<PatchRuns>): void
  /** Applies patches, then queues what they deliver. Throws when they do not fit: the replica is then broken until the next snapshot. */
  takePatches(patches: Patches<PatchRuns>): void
  /** Queues what a datagram fires, unless a newer one of its remote came, or its remote is not here. Throws for bad bytes. */
  takeDatagram(datagram: Datagram): void
  /** What came is no message: until the next snapshot, which the next hello asks for, nothing here counts as whole. */
  distrust(): void
  /** The channel is gone: parts of a snapshot are forgotten, and datagrams dropped until the next welcome, with which their numbers begin anew. */
  pause(): void
}

/** A delivery that answers a request. */
export type Answer = Extract<Delivery, { readonly kind: 'answer' }>

/** The tree to write to, and who hears of answers. */
export interface ReplicaOptions {
  readonly game: DataModel
  /** A request's answer, in its place among the events. */
  readonly onAnswer: (answer: Answer, read: (args: EncodedArguments) => readonly unknown[]) => void
}

const nothing: ReadonlyMap<number, Instance> = new Map()

/** Empty until the first snapshot; nobody else may write to the game's replicated part. */
export function createReplica({ game, onAnswer }: ReplicaOptions): Replica {
  let seq = 0
  let eventSeq = 0
  let epoch: string | null = null
  let isBroken = false
  /** What the snapshot of a resume removed: the deliveries behind it may be of before that. */
  let left = nothing
  const held: (() => void)[] = []
  /** Of the parts that came; null where none did. */
  let stage: SnapshotStage | null = null
  /** Which patch the parts show, once they are whole. */
  let shown: PatchStamp | null = null
  /** Null between channels: a line that reorders may bring datagrams ahead of the welcome. */
  let order: DatagramOrder | null = null

  /** Makes the replica equal to the snapshot that came; returns what that removed. */
  function applyParts(stamp: PatchStamp, tree: 'same' | 'other'): ReadonlyMap<number, Instance> {
    const parts = stage ?? createSnapshotStage(game)
    forgetParts()
    const { removed } = showSnapshot(parts, { ...stamp, tree })
    seq = stamp.seq
    return removed
  }

  function forgetParts(): void {
    stage = null
    shown = null
  }

  /** Adds what the patches remove to `removed`. */
  function applyAll(patches: readonly PatchRuns[], removed: Map<number, Instance>): void {
    for (const patch of patches) {
      // A snapshot may already hold what was on its way.
      if (patch.seq <= seq) continue
      for (const [id, instance] of applyRuns(game, patch).removed) removed.set(id, instance)
      seq = patch.seq
    }
  }

  function takePart({ runs, end }: SnapshotRuns): void {
    if (shown !== null) forgetParts()
    stage ??= createSnapshotStage(game)
    stage.add(runs)
    shown = end
  }

  function takeWelcome(welcome: Welcome<PatchRuns>): void {
    const isSameRun = epoch === null || epoch === welcome.epoch
    const isContinued = welcome.status === 'resumed' && isSameRun
    setLocalPlayer(game, welcome.playerId)
    const removed = new Map<number, Instance>()
    if (shown !== null) {
      for (const [id, instance] of applyParts(shown, isSameRun ? 'same' : 'other')) removed.set(id, instance)
    } else if (!isContinued || welcome.seq !== seq) {
      throw new Error(`a welcome goes on from patch ${welcome.seq}, and this replica is at ${seq}`)
    }
    applyAll(welcome.patches, removed)
    left = isContinued ? removed : nothing
    eventSeq = isContinued ? Math.max(eventSeq, welcome.eventSeq - 1) : welcome.eventSeq - 1
    epoch = welcome.epoch
    isBroken = false
    order = new DatagramOrder()
  }

  function takePatches({ patches, session }: Patches<PatchRuns>): void {
    const removed = new Map(left)
    if (stage !== null && shown === null && patches.length > 0) {
      throw new Error('patches came between the parts of a snapshot')
    }
    if (shown !== null && shown.seq < seq) forgetParts()
    // Who was too slow for patches is sent everything anew.
    if (shown !== null) {
      for (const [id, instance] of applyParts(shown, 'same')) removed.set(id, instance)
    }
    applyAll(patches, removed)
    if (session === null) return
    left = nothing
    for (const [index, delivery] of session.deliveries.entries()) {
      const number = session.eventSeq + index
      if (number <= eventSeq) continue
      if (number > eventSeq + 1) throw new Error(`deliveries ${eventSeq + 1} to ${number - 1} are missing`)
      eventSeq = number
      deliver(delivery, removed)
    }
  }

  function deliver(delivery: Delivery, removed: ReadonlyMap<number, Instance>): void {
    const find = (id: number): Instance | null => game.getInstanceById(id) ?? removed.get(id) ?? null
    if (delivery.kind === 'answer') return onAnswer(delivery, (args) => read(args, find))
    const remote = find(delivery.remote)
    // It may have been destroyed since it fired, which those who listened to it hear all the same.
    if (remote instanceof RemoteEvent)
      deliverEvent(remote, read(delivery.args, find), delivery.args.bytes.length)
  }

  function takeDatagram({ seq: number, remote: id, args }: Datagram): void {
    const remote = game.getInstanceById(id)
    if (!(remote instanceof UnreliableRemoteEvent) || order?.take(remote, number) !== true) return
    deliverEvent(
      remote,
      read(args, (of) => game.getInstanceById(of)),
      args.bytes.length,
    )
  }

  function distrust(): void {
    isBroken = true
    // Whoever has nothing is sent everything.
    seq = 0
  }

  function guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      distrust()
      throw error
    }
  }

  return {
    get seq() {
      return seq
    },
    get eventSeq() {
      return eventSeq
    },
    get epoch() {
      return epoch
    },
    // The tree's own, so that stores which hear of a patch read its time and not that of the one before.
    get timeMs() {
      return game.stamp.timeMs
    },
    whenWhole(run) {
      held.push(run)
      if (!isBroken) for (const next of held.splice(0)) next()
    },
    takePart(part) {
      guarded(() => takePart(part))
    },
    takeWelcome(welcome) {
      guarded(() => takeWelcome(welcome))
    },
    takePatches(patches) {
      guarded(() => takePatches(patches))
    },
    takeDatagram,
    distrust,
    pause() {
      forgetParts()
      order = null
    },
  }
}

function read(
  { bytes, instances }: EncodedArguments,
  find: (id: number) => Instance | null,
): readonly unknown[] {
  const decoded = decodeArguments(bytes, instances.map(find), { allowNonFinite: true })
  if (decoded.ok) return decoded.value
  throw new Error(decoded.problem)
}
