import type { Domain } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import { type BranchForm, type BranchQuestion, branchOf, type MeasuredBranch } from './branch.ts'
import type { Checksum } from './hasher.ts'
import { type Telling, TreeSums } from './tree-sums.ts'

/**
 * Checksums of what each player is told at the last commit, kept up by what changes. Those of a server's tree for a
 * player, and those of that player's replica, are equal when replication has done its work.
 */
export interface Checksums {
  /** Looks at instances that changed since the last time, so many at most; false where more are left. */
  refresh(limit?: number): boolean
  /** Of all that a player is told; of a replica null, for all that it was told. Costs the player's domains, once refreshed. */
  of(playerId: number | null): Checksum
  /** Null for what the player is not told of. Costs what is below. */
  branch(
    question: BranchQuestion,
    how: { readonly playerId: number | null; readonly form: BranchForm | null },
  ): MeasuredBranch | null
  /** From then on the tree keeps no checksums. */
  close(): void
}

/** Begins to keep checksums of a tree, which keeps one at a time; the first `refresh` looks at everything. */
export function keepChecksums(
  tree: Tree,
  telling: Telling,
  domainsOf: (playerId: number | null) => ReadonlySet<Domain>,
): Checksums {
  const sums = new TreeSums(tree, telling)
  tree.sums = sums
  return {
    refresh: (limit) => sums.refresh(limit),
    of(playerId) {
      sums.refresh()
      return sums.sumOf(domainsOf(playerId))
    },
    branch(question, { playerId, form }) {
      sums.refresh()
      const domains = domainsOf(playerId)
      const node = tree.nodes.get(question.id)
      if (node === undefined || !sums.isTold(node, domains)) return null
      return branchOf({ sums, domains }, node, { ...question, form })
    },
    close() {
      if (tree.sums === sums) tree.sums = null
      sums.end()
    },
  }
}
