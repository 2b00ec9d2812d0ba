import {
  type BaseRemoteEvent,
  type Instance,
  isVisibleAt,
  type Player,
  type TreeSnapshot,
} from '@banyan/datamodel'
import type { Delivery, RemoteErrorCode, SharedArguments } from '@banyan/protocol'

/** Something for one session, before it is known what its client may see. */
export type Outgoing =
  | OutgoingEvent
  | { readonly kind: 'answer'; readonly request: number; readonly ok: true; readonly args: SharedArguments }
  | {
      readonly kind: 'answer'
      readonly request: number
      readonly ok: false
      readonly code: RemoteErrorCode
      readonly message: string
    }

/** A fire, for any number of sessions: those who may see all of it share the form that travels. */
export class OutgoingEvent {
  readonly kind = 'event'
  readonly remote: BaseRemoteEvent
  readonly args: SharedArguments
  #whole: Delivery | null = null

  constructor(remote: BaseRemoteEvent, args: SharedArguments) {
    this.remote = remote
    this.args = args
  }

  /** With nothing hidden; the same object at each call. */
  get whole(): Delivery {
    this.#whole ??= toWire(this, (instance) => instance.id)
    return this.#whole
  }
}

/** The bytes that one delivery adds to a frame, nearly. */
export function sizeOfOutgoing(outgoing: Outgoing): number {
  if (outgoing.kind === 'answer' && !outgoing.ok) return 16 + outgoing.message.length
  return 16 + outgoing.args.bytes.length + 4 * outgoing.args.instances.length
}

/**
 * A delivery that waits for its first commit. An instance travels if the player's replica has it after the commit, or
 * had it when the delivery was queued and sees it go. Anything else becomes 0, so that not even its number is told.
 */
export class QueuedDelivery {
  /** The number of the commit after which it was queued; a later one has the writes that came before it. */
  readonly commit: number
  readonly #outgoing: Outgoing
  readonly #player: Player
  /** Null where all were seen, as nearly always. */
  #unseen: ReadonlySet<Instance> | null = null
  #wired: Delivery | null = null

  constructor(outgoing: Outgoing, player: Player, at: { snapshot: TreeSnapshot; commit: number }) {
    this.#outgoing = outgoing
    this.#player = player
    this.commit = at.commit
    for (const instance of instancesOf(outgoing)) {
      if (isVisibleAt(at.snapshot, instance, player.id)) continue
      this.#unseen = new Set(this.#unseen).add(instance)
    }
  }

  /** The form that travels, decided at the first call and kept for every repetition; tells which instances became null. */
  wire(snapshot: TreeSnapshot, hidden: (instance: Instance, player: Player) => void): Delivery {
    this.#wired ??= this.#wire(snapshot, hidden)
    return this.#wired
  }

  #wire(snapshot: TreeSnapshot, hidden: (instance: Instance, player: Player) => void): Delivery {
    const outgoing = this.#outgoing
    const unseen = this.#unseen
    if (unseen === null && outgoing.kind === 'event') return outgoing.whole
    return toWire(outgoing, (instance) => {
      if (unseen?.has(instance) !== true || isVisibleAt(snapshot, instance, this.#player.id))
        return instance.id
      hidden(instance, this.#player)
      return 0
    })
  }
}

function instancesOf(outgoing: Outgoing): readonly Instance[] {
  if (outgoing.kind === 'event') return [outgoing.remote, ...outgoing.args.instances]
  return outgoing.ok ? outgoing.args.instances : []
}

function toWire(outgoing: Outgoing, idOf: (instance: Instance) => number): Delivery {
  if (outgoing.kind === 'answer' && !outgoing.ok) return outgoing
  const args = { bytes: outgoing.args.bytes, instances: outgoing.args.instances.map(idOf) }
  return outgoing.kind === 'event'
    ? { kind: 'event', remote: idOf(outgoing.remote), args }
    : { kind: 'answer', request: outgoing.request, ok: true, args }
}
