import { placeMade } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import { fireSignal, signalOf } from '../instance/signals.ts'
import { int } from '../properties/numbers.ts'
import { defineClass } from '../schema/define-class.ts'
import type { Signal } from '../signals/signal.ts'
import type { DataModel } from '../tree/data-model.ts'
import { treeOf } from '../tree/tree.ts'
import { Backpack, Player, PlayerGui } from './player.ts'

/** Why a player left. */
export type LeaveReason = 'left' | 'timedOut' | 'kicked' | 'placeClosed'

/** The service that holds all players of a place. */
export class Players extends defineClass('Players', {
  isService: true,
  properties: { maxPlayers: int(50) },
}) {
  /** Runs for players that join from now on, or arrive in a replica; look at `getPlayers` for those who are there. */
  get playerAdded(): Signal<[player: Player]> {
    return signalOf(nodeOf(this), 'playerAdded')
  }

  /**
   * Runs before the player is destroyed: after the grace period, a kick or a leave, never for a short disconnect. On a
   * client it runs when the player has gone from the replica, and the reason is null.
   */
  get playerRemoving(): Signal<[player: Player, reason: LeaveReason | null]> {
    return signalOf(nodeOf(this), 'playerRemoving')
  }

  /** On a client its own player once the tree has arrived; null on the server. */
  get localPlayer(): Player | null {
    const { tree } = nodeOf(this)
    const id = tree?.localPlayerId ?? null
    const found = id === null ? null : (tree?.nodes.get(id)?.handle ?? null)
    return found?.isA(Player) === true ? found : null
  }

  /** A fresh array in the order of joining. */
  getPlayers(): Player[] {
    return this.getChildren().filter((child) => child.isA(Player))
  }

  getPlayerByUserId(userId: string): Player | null {
    return this.getPlayers().find((player) => player.userId === userId) ?? null
  }
}

/** For servers: makes a Player with PlayerGui and Backpack and fires `playerAdded`. */
export function addPlayer(
  game: DataModel,
  identity: { readonly userId: string; readonly name: string },
): Player {
  const players = game.getService('Players')
  const player = new Player(placeMade)
  player.name = identity.name
  player.userId = identity.userId
  new PlayerGui(placeMade).parent = player
  new Backpack(placeMade).parent = player
  player.parent = players
  fireSignal(nodeOf(players), 'playerAdded', player)
  return player
}

/**
 * For servers: fires `playerRemoving`, runs its handlers, then destroys the player. Called by a handler it returns
 * earlier, since handlers do not nest: then the player goes behind everything that is queued.
 */
export function removePlayer(game: DataModel, player: Player, reason: LeaveReason): void {
  fireSignal(nodeOf(game.getService('Players')), 'playerRemoving', player, reason)
  game.drain()
  const isNested = game.queue.size > 0
  if (isNested && game.queue.enqueue({ source: 'removePlayer', run: () => player.destroy() })) return
  player.destroy()
}

/** For clients: tells which player is the local one. */
export function setLocalPlayer(game: DataModel, playerId: number | null): void {
  treeOf(game).localPlayerId = playerId
}
