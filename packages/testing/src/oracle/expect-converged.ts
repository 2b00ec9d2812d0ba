import { type DataModel, replicaView, type TreeSnapshot, view } from '@banyan/datamodel'
import { TestingError } from '../testing-error.ts'
import { differenceText, firstDifference } from './first-difference.ts'

/** A replica, and the states of the server's tree that it is held against. */
export interface Witness {
  readonly name: string
  readonly playerId: number
  readonly game: DataModel
  /** The state after the patch that the replica has; null when it is not known any more. */
  readonly snapshot: TreeSnapshot | null
  /** What has had its time to arrive; null while something is on its way, or cannot come. */
  readonly owed: TreeSnapshot | null
  /** Whether values that may skip may be older ones for the time being; not, when left out. */
  readonly mayLag?: boolean
}

/**
 * Throws 'diverged' unless every player's replica is `view(tree, player)` at the patch that it has, and lacks nothing
 * that has had its time to arrive. The message names the player, the first path that differs, and both values.
 */
export function expectConverged({ witnesses }: { readonly witnesses: readonly Witness[] }): void {
  for (const witness of witnesses) {
    const problem = problemOf(witness)
    if (problem !== null) throw new TestingError('diverged', problem)
  }
}

function problemOf({ name, playerId, game, snapshot, owed, mayLag = false }: Witness): string | null {
  const { seq } = game.stamp
  if (snapshot === null) {
    return `"${name}" is at patch ${seq}, which is too old or from the future. Call place.settle() first.`
  }
  const held = replicaView(game)
  const wrong = firstDifference(snapshot.definition, view(snapshot, playerId), held, { mayLag })
  if (wrong !== null) {
    return `the replica of "${name}" differs from its view at patch ${seq}:\n${differenceText(wrong)}`
  }
  // Patches that do not concern a player are not sent to them.
  if (owed === null || owed.seq <= seq) return null
  const missing = firstDifference(owed.definition, view(owed, playerId), held)
  if (missing === null) return null
  return `the replica of "${name}" is behind: it is at patch ${seq}, and patch ${owed.seq} has had its time to arrive:\n${differenceText(missing)}`
}
