import type { DataModel, Difference } from '@banyan/datamodel'

/** What was wrong with this client's replica, for whoever looks for the fault. */
export interface Desync {
  /** The patch that the replica was at. */
  readonly seq: number
  /** `none` where patches had mended it already, `givenUp` where nothing helped. */
  readonly remedy: 'none' | 'subtree' | 'snapshot' | 'givenUp'
  /** The smallest part of the tree that holds the difference; null where that is not known. */
  readonly path: string | null
  /** Sixteen at most. */
  readonly differences: readonly (Difference & { readonly path: string })[]
}

/** Instances that are not in the replica have a number only. */
export function pathOf(game: DataModel, id: number): string {
  return game.getInstanceById(id)?.getFullName() ?? `instance ${id}`
}

/** In one line. */
export function desyncLine({ seq, remedy, path, differences }: Desync): string {
  const what = differences.map((difference) => `, ${difference.path}: ${difference.field}`).join('')
  return `this replica was not in sync at patch ${seq}${path === null ? '' : ` below ${path}`}${what}; remedy: ${remedy}`
}
