import type { Instance } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { createOf, type IdOf } from './create-operation.ts'
import { type AudienceId, meets, narrowed } from './domain.ts'
import type { Create } from './operation.ts'
import { rootId, type TreeSnapshot } from './tree-snapshot.ts'
import { conditionsAt, type Visibility, visibilityBelow, visibleToAll } from './visibility.ts'

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
  const met = (playerId === null ? null : snapshot.audiences.get(playerId)) ?? []
  const record = snapshot.records.get(rootId)
  const schema = snapshot.definition.classByName.get(record?.className ?? '')?.schema
  const seen: Create[] = []
  if (record === undefined || schema === undefined) return []
  const open: Visit[] = [{ record, schema, visibility: visibleToAll }]
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    seen.push(createFromRecord(snapshot, visit, playerId))
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
  playerId: number | null,
): Create {
  const { conditions, ownerId } = visibility
  const isOwner = ownerId !== null && ownerId === playerId && schema.owned.length > 0
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
