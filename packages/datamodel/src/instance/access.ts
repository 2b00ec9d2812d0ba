import type { Audience } from '../audiences/audience.ts'
import { audienceKey, isAudience } from '../audiences/audience-brand.ts'
import type { Player } from '../classes/player.ts'
import type { Team } from '../classes/world.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { type AudienceId, everyone, nobody } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import type { Instance } from './instance.ts'
import { nodeOf } from './node.ts'

/** Who may see an instance, beyond what its ancestors allow. */
export type VisibleTo = 'everyone' | 'nobody' | Player | Team | Audience

/** The rules of one instance: known to the server alone, and part of its record. Frozen. */
export interface Access {
  readonly visibleTo: VisibleTo
  /** Null where the nearest owner above it counts. */
  readonly owner: Player | null
}

/** Of an instance without rules of its own; always the same object. */
export const openAccess: Access = Object.freeze({ visibleTo: 'everyone', owner: null })

/** The condition that an instance's own rule adds. */
export function ruleOf({ visibleTo }: Access): AudienceId {
  if (visibleTo === 'everyone') return everyone
  if (visibleTo === 'nobody') return nobody
  return isAudience(visibleTo) ? visibleTo[audienceKey].id : visibleTo.id
}

/** The condition that a class adds to the audience of its instances. */
export function classRuleOf({ audience }: ClassSchema, ownerId: number | null): AudienceId {
  if (audience === 'inherit') return everyone
  return audience === 'owner' && ownerId !== null ? ownerId : nobody
}

/** The owner that counts at an instance, given the one that counts at its parent. A Player is its own. */
export function ownerAt(
  { access, id, schema }: { readonly access: Access; readonly id: number; readonly schema: ClassSchema },
  above: number | null,
): number | null {
  if (access.owner !== null) return access.owner.id
  return schema.name === 'Player' ? id : above
}

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
