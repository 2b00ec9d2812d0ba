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
  | { readonly kind: 'event'; readonly remote: BaseRemoteEvent; readonly args: SharedArguments }
  | { readonly kind: 'answer'; readonly request: number; readonly ok: true; readonly args: SharedArguments }
  | {
      readonly kind: 'answer'
      readonly request: number
      readonly ok: false
      readonly code: RemoteErrorCode
      readonly message: string
    }

/** A delivery that waits for its first commit. */
export interface QueuedDelivery {
  /** The number of the commit after which it was queued; a later one has the writes that came before it. */
  readonly commit: number
  /** The form that travels, decided at the first call and kept for every repetition; tells which instances became null. */
  wire(snapshot: TreeSnapshot, hidden: (instance: Instance) => void): Delivery
}

/** The bytes that one delivery adds to a frame, nearly. */
export function sizeOfOutgoing(outgoing: Outgoing): number {
  if (outgoing.kind === 'answer' && !outgoing.ok) return 16 + outgoing.message.length
  return 16 + outgoing.args.bytes.length + 4 * outgoing.args.instances.length
}

/**
 * An instance travels if the player's replica has it after the commit, or had it when the delivery was queued and sees
 * it go. Anything else becomes 0, so that not even its number is told.
 */
export function queueDelivery(
  outgoing: Outgoing,
  player: Player,
  { snapshot: queuedAt, commit }: { readonly snapshot: TreeSnapshot; readonly commit: number },
): QueuedDelivery {
  const had = new Set(instancesOf(outgoing).filter((instance) => isVisibleAt(queuedAt, instance, player.id)))
  let wired: Delivery | null = null
  return {
    commit,
    wire(snapshot, hidden) {
      wired ??= toWire(outgoing, (instance) => {
        if (had.has(instance) || isVisibleAt(snapshot, instance, player.id)) return instance.id
        hidden(instance)
        return 0
      })
      return wired
    },
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
