import { meetsNow } from '../audiences/audience-changes.ts'
import { classRuleOf, openAccess, ownerAt, ruleOf } from '../instance/access.ts'
import type { Instance } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { type AudienceId, everyone, meets, narrowed, nobody } from './domain.ts'
import { rootId, type TreeSnapshot } from './tree-snapshot.ts'

/** Who sees an instance at a snapshot. */
export interface Visibility {
  /** What one must meet to see it, ascending; null is nobody. */
  readonly conditions: readonly AudienceId[] | null
  readonly ownerId: number | null
}

/** Of the DataModel. */
export const visibleToAll: Visibility = Object.freeze({ conditions: Object.freeze([]), ownerId: null })

/** Rules only narrow: what the parent's audience leaves of the class's rule and the instance's own. */
export function visibilityBelow(
  above: Visibility,
  { record, schema }: { readonly record: InstanceRecord; readonly schema: ClassSchema },
): Visibility {
  // Nearly every instance has no rule at all.
  if (record.access === openAccess && schema.audience === 'inherit' && schema.name !== 'Player') return above
  const ownerId = ownerAt({ access: record.access, id: record.id, schema }, above.ownerId)
  const ofClass = narrowed(above.conditions, classRuleOf(schema, ownerId))
  const conditions = narrowed(ofClass, ruleOf(record.access))
  return conditions === above.conditions && ownerId === above.ownerId ? above : { conditions, ownerId }
}

/** What one must meet to see an instance at a snapshot; null for what is not in it, and for what nobody sees. */
export function conditionsAt(snapshot: TreeSnapshot, instance: Instance): readonly AudienceId[] | null {
  return visibilityAt(snapshot, instance)?.conditions ?? null
}

/** Who sees an instance at a snapshot, found from its ancestors' records; null for what is not in it. */
export function visibilityAt(snapshot: TreeSnapshot, instance: Instance): Visibility | null {
  const path: { readonly record: InstanceRecord; readonly schema: ClassSchema }[] = []
  for (let at: Instance | null = instance; at !== null; ) {
    const record: InstanceRecord | undefined = snapshot.records.get(at.id)
    if (record === undefined) return null
    path.push({ record, schema: nodeOf(at).schema })
    at = record.parent
  }
  if (path.pop()?.record.id !== rootId) return null
  return path.reduceRight(visibilityBelow, visibleToAll)
}

/**
 * Whether a player's replica of this snapshot holds the instance. Costs nothing at the last commit for what everyone
 * sees, else the instance's depth.
 */
export function isVisibleAt(snapshot: TreeSnapshot, instance: Instance, playerId: number): boolean {
  const { tree, record, committedDomain } = nodeOf(instance)
  if (record !== null && committedDomain === everyone && tree?.snapshot === snapshot) return true
  const conditions = conditionsAt(snapshot, instance)
  return conditions !== null && meets(snapshot.audiences.get(playerId) ?? [], conditions)
}

/** Whether a player's replica would hold the instance if the tree were committed now, predicates apart. */
export function isVisibleNow(instance: Instance, playerId: number): boolean {
  const { isInTree, domain, tree } = nodeOf(instance)
  if (!isInTree || tree === null || domain === nobody) return false
  if (domain === everyone) return true
  return tree.domains.audiencesOf(domain).every((audience) => meetsNow(tree, playerId, audience))
}
