import { DomainTable } from '../audiences/domain-table.ts'
import { updateNested } from '../instance/nested-recipe.ts'
import type { NestedEditor } from '../instance/nested-update.ts'
import type { Node } from '../instance/node.ts'
import { isClassOrExtends } from '../schema/class-schema.ts'
import { commitTree } from './commit.ts'
import type { AudienceId } from './domain.ts'
import { refreshDomain } from './node-domain.ts'
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
  /** Finds who sees a node in the tree; tells whether they, or who sees its owner's properties, are others now. */
  refreshDomain(node: Node, tree: Tree): boolean
  /** Applies a recipe to the nested properties of a node. */
  update(node: Node, recipe: (draft: Record<string, unknown>) => void, edit: NestedEditor): void
}

/** The only one that there is; a DataModel without it is a client's replica. */
export const serverAuthority: Authority = Object.freeze({
  createDomains: (tree: Tree) =>
    new DomainTable((one, other) => {
      const kind = kindOf(one, tree)
      return kind !== null && kind === kindOf(other, tree)
    }),
  commit: commitTree,
  refreshDomain,
  update: updateNested,
})

/** Whether a condition is a player or a team: nobody is two of a kind. */
function kindOf(audience: AudienceId, tree: Tree): 'player' | 'team' | null {
  const schema = tree.nodes.get(audience)?.schema
  if (schema === undefined) return null
  if (schema.name === 'Player') return 'player'
  return isClassOrExtends(schema, 'Team') ? 'team' : null
}
