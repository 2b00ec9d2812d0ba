import type { DataModel, Instance, Player } from '@banyan/datamodel'

/** Gives a new player copies of what StarterPack and StarterGui hold; what is not archivable stays behind. */
export function fillFromStarters(game: DataModel, player: Player): void {
  copyChildren(game.getService('StarterPack'), player.backpack)
  copyChildren(game.getService('StarterGui'), player.playerGui)
}

function copyChildren(from: Instance, to: Instance | null): void {
  if (to === null) return
  for (const child of from.getChildren()) {
    if (child.archivable) child.clone().parent = to
  }
}
