import { Player } from '../classes/player.ts'
import { Players } from '../classes/players.ts'
import type { Instance } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import { fireSignal } from '../instance/signals.ts'

/** A replica got an instance: those who wait for players hear of it if it is one. */
export function firePlayerAdded(arrived: Instance, parent: Instance): void {
  if (parent.isA(Players) && arrived.isA(Player)) fireSignal(nodeOf(parent), 'playerAdded', arrived)
}

/** A replica lost an instance. Why a player left is not told to others, so the reason is null. */
export function firePlayerRemoving(gone: Instance, parent: Instance | null): void {
  if (parent?.isA(Players) === true && gone.isA(Player)) {
    fireSignal(nodeOf(parent), 'playerRemoving', gone, null)
  }
}
