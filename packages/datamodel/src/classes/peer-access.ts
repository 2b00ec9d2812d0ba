import { DataModelError } from '../errors.ts'
import type { Instance } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import type { Peer } from '../peer.ts'
import type { Side } from '../tree/tree.ts'
import type { Player } from './player.ts'

/** The side that an instance is on, and what carries its calls; throws when it is in no tree, or the tree has no peer. */
export function requirePeer(
  instance: Instance,
  action: string,
): { readonly side: Side; readonly peer: Peer } {
  const { tree, isInTree, isDestroyed } = nodeOf(instance)
  if (isDestroyed) {
    throw new DataModelError(
      'destroyed',
      `cannot ${action} "${instance.name}": it is destroyed. Use a living instance.`,
    )
  }
  const peer = tree?.options.peer
  if (tree === null || !isInTree || peer === undefined) {
    throw new DataModelError(
      'noPeer',
      `cannot ${action} "${instance.name}": it is not in a place that is connected to anything. Parent it into a place's tree first.`,
    )
  }
  return { side: tree.side, peer }
}

/** Like `requirePeer`, and throws `wrongSide` unless the instance is on that side. */
export function requireSide(
  instance: Instance,
  call: { readonly action: string; readonly side: Side; readonly instead: string },
): Peer {
  const { side, peer } = requirePeer(instance, call.action)
  if (side !== call.side) {
    throw new DataModelError(
      'wrongSide',
      `cannot ${call.action} "${instance.name}" on the ${side}: only the ${call.side} does that. ${call.instead}`,
    )
  }
  if (instance.id < 0) {
    throw new DataModelError(
      'noPeer',
      `cannot ${call.action} "${instance.name}": this client made it, so the server does not know it. Make it on the server and wait for it here.`,
    )
  }
  return peer
}

/** Throws `otherDataModel` for a player who is not in the instance's place. A destroyed player passes: they have just left. */
export function requirePlayers(instance: Instance, action: string, players: readonly Player[]): void {
  const { tree } = nodeOf(instance)
  for (const player of players) {
    if (nodeOf(player).tree === tree) continue
    throw new DataModelError(
      'otherDataModel',
      `cannot ${action} "${instance.name}" to "${player.name}": they are in another place. Choose from this place's getPlayers().`,
    )
  }
}

/**
 * For peers: throws `otherDataModel` for instances of another place among what is sent, whose numbers mean something
 * else there. One that never was in a place passes, and so does one that has left.
 */
export function requireOwnInstances(
  home: Instance,
  call: { readonly action: string; readonly name: string },
  instances: readonly Instance[],
): void {
  for (const instance of instances) {
    const { tree } = nodeOf(instance)
    if (tree === null || tree === nodeOf(home).tree) continue
    throw new DataModelError(
      'otherDataModel',
      `cannot ${call.action} "${call.name}" with "${instance.name}": it belongs to another place. Send an instance of this place, or plain data.`,
    )
  }
}
