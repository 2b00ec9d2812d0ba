import type { Audience } from '../audiences/audience.ts'
import { audienceKey, isAudience } from '../audiences/audience-brand.ts'
import type { Player } from '../classes/player.ts'
import type { Team } from '../classes/world.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { type AudienceId, everyone, nobody } from '../tree/domain.ts'

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
