import { DataModelError } from '../errors.ts'
import { nodeOf } from '../instance/node.ts'
import { defineClass } from '../schema/define-class.ts'
import type { Signal } from '../signals/signal.ts'
import type { Side } from '../tree/tree.ts'
import { requirePlayers, requireSide } from './peer-access.ts'
import type { Player } from './player.ts'
import { RemoteInbox } from './remote-inbox.ts'

const inboxKey = Symbol('banyan.remoteInbox')

/** What reliable and unreliable remote events share; cannot be made itself. */
export class BaseRemoteEvent extends defineClass('BaseRemoteEvent', { isAbstract: true }) {
  /** @internal */
  readonly [inboxKey]: RemoteInbox = new RemoteInbox(nodeOf(this), {
    keepsUnheard: !(this instanceof UnreliableRemoteEvent),
  })

  /** Client only. Arguments are copied at the call; throws `invalidArgument` for what cannot travel. */
  fireServer(...args: readonly unknown[]): void {
    const instead = 'On the server, fire a BindableEvent, or fireClient.'
    requireSide(this, { action: 'fireServer', side: 'client', instead }).fireServer(this, args)
  }

  /** Server only. */
  fireClient(player: Player, ...args: readonly unknown[]): void {
    this.fireClients([player], ...args)
  }

  /** Server only: one copy of the arguments for several players. */
  fireClients(players: readonly Player[], ...args: readonly unknown[]): void {
    const instead = 'A client fires fireServer and lets the server relay.'
    const peer = requireSide(this, { action: 'fireClient', side: 'server', instead })
    requirePlayers(this, 'fireClient', players)
    peer.fireClients(this, players, args)
  }

  /** Server only: everyone who has joined, those in their grace period included. */
  fireAllClients(...args: readonly unknown[]): void {
    const instead = 'A client fires fireServer and lets the server relay.'
    requireSide(this, { action: 'fireAllClients', side: 'server', instead }).fireClients(this, 'all', args)
  }

  /** On the server: what clients fire. The player is injected by the server and cannot be forged. */
  get onServerEvent(): Signal<[player: Player, ...args: unknown[]]> {
    return this.#inbox('server', 'onServerEvent') as Signal<[player: Player, ...args: unknown[]]>
  }

  /** On a client: what the server fires. */
  get onClientEvent(): Signal<unknown[]> {
    return this.#inbox('client', 'onClientEvent') as Signal<unknown[]>
  }

  #inbox(side: Side, member: string): Signal<readonly unknown[]> {
    const { tree } = nodeOf(this)
    if (tree !== null && tree.side !== side) {
      throw new DataModelError(
        'wrongSide',
        `cannot listen to ${member} of "${this.name}" on the ${tree.side}: it fires on the ${side}. Listen to the other one.`,
      )
    }
    return this[inboxKey].signal
  }
}

/** A one-way message across the network, in both directions. Reliable, and in order with everything else of its stream. */
export class RemoteEvent extends defineClass('RemoteEvent', { extends: BaseRemoteEvent }) {}

/**
 * The same for what is soon out of date, such as where a pointer is: a fire that cannot leave at once, or that the line
 * loses, is gone, and none is heard after a newer one. Keeps no order with patches, with other remotes and their
 * answers; arguments take at most 1,000 bytes.
 */
export class UnreliableRemoteEvent extends defineClass('UnreliableRemoteEvent', {
  extends: BaseRemoteEvent,
}) {}

/**
 * For peers: hands an arrived event to its listeners, or keeps it until the first one connects, unless it is unreliable.
 * Runs at the next drain.
 */
export function deliverEvent(remote: BaseRemoteEvent, args: readonly unknown[], bytes = 0): void {
  remote[inboxKey].deliver(args, bytes)
}

/** For metrics: events that nobody was there to hear. */
export function droppedEventsOf(remote: BaseRemoteEvent): number {
  return remote[inboxKey].dropped
}

/** Whether a remote's fires may be lost; to TypeScript the two classes are the same, so that this narrows nothing. */
export function isUnreliableRemote(remote: BaseRemoteEvent): boolean {
  return remote instanceof UnreliableRemoteEvent
}
