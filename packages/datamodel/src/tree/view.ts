import type { Instance } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { createOf, type IdOf } from './create-operation.ts'
import { type AudienceId, meets, narrowed } from './domain.ts'
import type { Create } from './operation.ts'
import { rootId, type TreeSnapshot } from './tree-snapshot.ts'
import { conditionsAt, type Visibility, visibilityAt, visibilityBelow, visibleToAll } from './visibility.ts'

interface Visit {
  readonly schema: ClassSchema
  readonly record: InstanceRecord
  readonly visibility: Visibility
}

/**
 * What a player may see of a tree: parents before children, siblings in order. Null is a stranger, as is who is not in
 * the tree. Pure: replication's join snapshots, the convergence oracle and visibility tests all go by it.
 */
export function view(snapshot: TreeSnapshot, playerId: number | null): readonly Create[] {
  const record = snapshot.records.get(rootId)
  const schema = snapshot.definition.classByName.get(record?.className ?? '')?.schema
  if (record === undefined || schema === undefined) return []
  return viewOf(snapshot, { record, schema, visibility: visibleToAll }, playerId)
}

/** The part of a view that begins with one instance; null where the player does not see it, or it is not in the tree. */
export function viewBelow(
  snapshot: TreeSnapshot,
  top: Instance,
  playerId: number | null,
): readonly Create[] | null {
  const record = snapshot.records.get(top.id)
  const visibility = visibilityAt(snapshot, top)
  if (record === undefined || visibility === null || visibility.conditions === null) return null
  if (!meets(metBy(snapshot, playerId), visibility.conditions)) return null
  return viewOf(snapshot, { record, schema: nodeOf(top).schema, visibility }, playerId)
}

function metBy(snapshot: TreeSnapshot, playerId: number | null): readonly AudienceId[] {
  return (playerId === null ? null : snapshot.audiences.get(playerId)) ?? []
}

function viewOf(snapshot: TreeSnapshot, top: Visit, playerId: number | null): readonly Create[] {
  const met = metBy(snapshot, playerId)
  const seen: Create[] = []
  const open: Visit[] = [top]
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    seen.push(createFromRecord(snapshot, visit, met))
    const { visibility: above } = visit
    for (const child of visit.record.children.toReversed()) {
      const record = snapshot.records.get(child.id)
      if (record === undefined) continue
      const { schema } = nodeOf(child)
      const visibility = visibilityBelow(above, { record, schema })
      const { conditions } = visibility
      if (conditions === null) continue
      if (conditions === above.conditions || meets(met, conditions)) open.push({ record, schema, visibility })
    }
  }
  return seen
}

function createFromRecord(
  snapshot: TreeSnapshot,
  { record, schema, visibility }: Visit,
  met: readonly AudienceId[],
): Create {
  const { conditions, ownerId } = visibility
  const isOwner = ownerId !== null && schema.owned.length > 0 && met.includes(ownerId)
  return createOf({
    definition: snapshot.definition,
    schema,
    record,
    idOf: knownTo(snapshot, conditions),
    idOfOwner: isOwner ? knownTo(snapshot, narrowed(conditions, ownerId)) : null,
  })
}

/** Those who meet these conditions, and perhaps no others, know only what all of them see. */
export function knownTo(snapshot: TreeSnapshot, conditions: readonly AudienceId[] | null): IdOf {
  return (target: Instance) => {
    const needed = conditionsAt(snapshot, target)
    return needed !== null && meets(conditions ?? [], needed) ? target.id : null
  }
}
