import { DomainTable } from '../audiences/domain-table.ts'
import { commitTree } from './commit.ts'
import type { CommitOptions, Patch } from './operation.ts'
import type { Tree } from './tree.ts'

/**
 * What the server's tree does beside what each tree does: it decides who sees what, and describes what changed. Passed
 * in, so that what only clients need is all that their bundles hold.
 */
export interface Authority {
  createDomains(tree: Tree): DomainTable
  /** Turns the dirty set into records and operations. */
  commit(tree: Tree, at: CommitOptions): Patch
}

/** The only one that there is; a DataModel without it is a client's replica. */
export const serverAuthority: Authority = Object.freeze({
  createDomains: (tree: Tree) =>
    new DomainTable((one, other) => {
      const kind = tree.kindOf(one)
      return kind !== null && kind === tree.kindOf(other)
    }),
  commit: commitTree,
})
