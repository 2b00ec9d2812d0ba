import { classRuleOf, ruleOf } from '../instance/access.ts'
import { ownerNow } from '../instance/access-lookup.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { type Domain, nobody } from './domain.ts'
import type { Tree } from './tree.ts'

/** Finds the audiences of a node anew, and tells whether they, or those of its owner's properties, are others now. */
export function refreshDomain(node: Node, tree: Tree): boolean {
  const [domain, owned] = [node.domain, node.owned?.domain]
  node.domain = domainNow(node, tree)
  if (node.schema.owned.length > 0) {
    node.owned ??= { domain: nobody, committed: nobody }
    node.owned.domain = tree.domains.narrow(node.domain, ownerNow(node.handle) ?? nobody)
  }
  return node.domain !== domain || node.owned?.domain !== owned
}

/** Rules only narrow: what the parent's audience leaves of the class's rule and the instance's own. */
function domainNow({ now, handle, schema, domain }: Node, tree: Tree): Domain {
  if (now.parent === null) return domain
  const above = nodeOf(now.parent).domain
  const rule = classRuleOf(schema, schema.audience === 'owner' ? ownerNow(handle) : null)
  return tree.domains.narrow(tree.domains.narrow(above, rule), ruleOf(now.access))
}
