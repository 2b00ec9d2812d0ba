import { ruleOf } from '../instance/access.ts'
import { ownerNow } from '../instance/access-lookup.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { isClassOrExtends } from '../schema/class-schema.ts'
import { type AudienceId, nobody } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'

/** In development: tells, once a commit has settled who sees what, of rules that hide more than anyone can have meant. Once for each instance, or class. */
export function warnOfRules(tree: Tree, dirty: readonly Node[]): void {
  for (const node of dirty) {
    if (!node.isInTree) warnOfTeam(tree, node)
    else if (node.domain === nobody) warnOfContradiction(tree, node)
    else if (node.owned?.domain === nobody) warnOfNoOwner(tree, node)
  }
}

/** In development: tells, once, that what is visible to an audience that ends is visible to nobody. */
export function warnOfRest(tree: Tree, id: AudienceId, what: string): void {
  let rest = 0
  for (const { nodes } of tree.domains.having(id)) rest += nodes.size
  if (rest === 0) return
  tree.warnOnce(
    `rest of ${id}`,
    `${what} was destroyed while ${rest === 1 ? 'an instance was' : `${rest} instances were`} visible to it: nobody sees ${rest === 1 ? 'it' : 'them'} now. Set visibleTo first.`,
  )
}

function warnOfTeam(tree: Tree, { id, schema, now, isDestroyed }: Node): void {
  if (isDestroyed && isClassOrExtends(schema, 'Team')) warnOfRest(tree, id, `team "${now.name}"`)
}

function warnOfContradiction(tree: Tree, node: Node): void {
  const { parent, access } = node.now
  const rule = ruleOf(access)
  if (parent === null || nodeOf(parent).domain === nobody || rule === nobody || rule === 0) return
  const name = typeof access.visibleTo === 'string' ? access.visibleTo : access.visibleTo.name
  tree.warnOnce(
    `contradiction at ${node.id}`,
    `"${node.handle.getFullName()}" is visible to "${name}", but lies in what only others see: nobody sees it. Move it, or change one of the rules.`,
  )
}

function warnOfNoOwner(tree: Tree, node: Node): void {
  const { schema, now, handle } = node
  if (ownerNow(handle) !== null) return
  const written = schema.owned.find(({ index, type }) => !type.same(now.values[index], type.defaultValue))
  if (written === undefined) return
  tree.warnOnce(
    `no owner of ${schema.name}`,
    `"${handle.getFullName()}" (${schema.name}) has no owner, so nobody sees its ${written.name}. Set its owner, or put it into a Player.`,
  )
}
