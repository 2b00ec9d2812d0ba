import type { DataModel, Instance, Player } from '@banyan/datamodel'
import { isolate, type Report } from '../isolation.ts'

/**
 * Gives a new player copies of what StarterPack and StarterGui hold; what is not archivable stays behind. A copy that
 * fails, since classes are user code, is reported and missing.
 */
export function fillFromStarters(game: DataModel, player: Player, report: Report): void {
  copyChildren(game.getService('StarterPack'), player.backpack, report)
  copyChildren(game.getService('StarterGui'), player.playerGui, report)
}

function copyChildren(from: Instance, to: Instance | null, report: Report): void {
  if (to === null) return
  for (const child of from.getChildren()) {
    if (!child.archivable) continue
    isolate(`copy of ${child.getFullName()}`, report, () => {
      child.clone().parent = to
    })
  }
}
