import type { Audience } from '../audiences/audience.ts'
import { audienceKey, isAudience } from '../audiences/audience-brand.ts'
import type { Player } from '../classes/player.ts'
import type { Team } from '../classes/world.ts'
import type { Tree } from '../tree/tree.ts'
import { type Access, ownerAt } from './access.ts'
import type { Instance } from './instance.ts'
import { nodeOf } from './node.ts'

/** The owner that counts at a handle as it is now, or null. Costs the instance's depth. */
export function ownerNow(handle: Instance): number | null {
  for (let at: Instance | null = handle; at !== null; at = nodeOf(at).now.parent) {
    const { now, id, schema } = nodeOf(at)
    const owner = ownerAt({ access: now.access, id, schema }, null)
    if (owner !== null) return owner
  }
  return null
}

/** The tree whose players, teams or audiences the rules name, if it is another one than this. */
export function isForeignAccess({ visibleTo, owner }: Access, tree: Tree): boolean {
  const own = typeof visibleTo === 'string' ? tree : treeOfRule(visibleTo)
  return own !== tree || (owner !== null && nodeOf(owner).tree !== tree)
}

/** The DataModel that a player, a team or an audience belongs to. */
export function treeOfRule(rule: Player | Team | Audience): Tree | null {
  return isAudience(rule) ? rule[audienceKey].tree : nodeOf(rule).tree
}
