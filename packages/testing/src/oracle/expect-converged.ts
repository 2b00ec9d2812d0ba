import { type DataModel, replicaView, type TreeSnapshot, view } from '@banyan/datamodel'
import { TestingError } from '../testing-error.ts'
import { firstDifference } from './first-difference.ts'
import { valueText } from './view-text.ts'

/** A replica, and the state of the server's tree that it should show. */
export interface Witness {
  readonly name: string
  readonly playerId: number
  readonly game: DataModel
  /** Null when the state that it shows is not known any more. */
  readonly snapshot: TreeSnapshot | null
}

/**
 * Throws 'diverged' unless every player's replica is `view(tree, player)` at the patch that it has. The message names
 * the player, the first path that differs, and both values.
 */
export function expectConverged({ witnesses }: { readonly witnesses: readonly Witness[] }): void {
  for (const { name, playerId, game, snapshot } of witnesses) {
    const { seq } = game.snapshot
    if (snapshot === null) {
      throw new TestingError(
        'diverged',
        `"${name}" is at patch ${seq}, which is too old or from the future. Call place.settle() first.`,
      )
    }
    const difference = firstDifference(snapshot.definition, view(snapshot, playerId), replicaView(game))
    if (difference === null) continue
    const { path, expected, actual } = difference
    throw new TestingError(
      'diverged',
      `the replica of "${name}" differs from its view at patch ${seq}:\n  ${path}\n    should be ${valueText(expected)}\n    but is    ${valueText(actual)}`,
    )
  }
}
