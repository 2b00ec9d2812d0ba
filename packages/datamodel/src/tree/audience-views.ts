import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { createOf, entriesOf } from './create-operation.ts'
import type { DataModel } from './data-model.ts'
import { type AudienceId, type Domain, narrowed } from './domain.ts'
import type { SnapshotOperation } from './operation.ts'
import { treeOf } from './tree.ts'
import { rootId, type TreeSnapshot } from './tree-snapshot.ts'
import { knownTo } from './view.ts'
import { type Visibility, visibilityBelow, visibleToAll } from './visibility.ts'

/** A part of a snapshot, and what one must meet to see it, ascending. */
export interface SeenOperation {
  readonly conditions: readonly AudienceId[]
  readonly operation: SnapshotOperation
}

interface Level {
  readonly children: Iterator<Instance>
  readonly visibility: Visibility
}

/**
 * A whole tree as its players see it, parents before children: what a player meets the conditions of is together what
 * `view` tells for that player. Goes on when it is asked to, so that a large tree can be told in slices.
 */
export function* viewByAudience(snapshot: TreeSnapshot): IterableIterator<SeenOperation> {
  const record = snapshot.records.get(rootId)
  const schema = snapshot.definition.classByName.get(record?.className ?? '')?.schema
  if (record === undefined || schema === undefined) return
  yield* seenAt(snapshot, { record, schema }, visibleToAll)
  const levels: Level[] = [{ children: record.childrenByOrder.values(), visibility: visibleToAll }]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const { value: child, done } = level.children.next()
    if (done === true) {
      levels.pop()
      continue
    }
    const record = snapshot.records.get(child.id)
    if (record === undefined) continue
    const { schema } = nodeOf(child)
    const visibility = visibilityBelow(level.visibility, { record, schema })
    if (visibility.conditions === null) continue
    yield* seenAt(snapshot, { record, schema }, visibility)
    if (record.childrenByOrder.size > 0)
      levels.push({ children: record.childrenByOrder.values(), visibility })
  }
}

interface Found {
  readonly schema: ClassSchema
  readonly record: InstanceRecord
}

/** One instance; what its owner sees beyond what others do comes as a write beside its creation. */
function* seenAt(
  snapshot: TreeSnapshot,
  { record, schema }: Found,
  { conditions, ownerId }: Visibility,
): IterableIterator<SeenOperation> {
  if (conditions === null) return
  const owned = ownerId === null || schema.owned.length === 0 ? null : narrowed(conditions, ownerId)
  const idOf = knownTo(snapshot, conditions)
  const idOfOwner = owned === conditions ? idOf : null
  const { definition } = snapshot
  yield { conditions, operation: createOf({ definition, schema, record, idOf, idOfOwner }) }
  if (owned === null || owned === conditions) return
  const properties = entriesOf(schema, record, knownTo(snapshot, owned))
  if (properties.length > 0)
    yield { conditions: owned, operation: { kind: 'set', id: record.id, properties } }
}

/** What is in one domain that a player sees, as of the last commit. */
export interface DomainView {
  readonly domain: Domain
  readonly size: number
  /** By growing id; costs the size. */
  operations(): readonly SnapshotOperation[]
}

/** What a player sees beyond what everyone does: the domains with anything in them, at the last commit. Costs their number. */
export function domainViewsOf(game: DataModel, playerId: number): readonly DomainView[] {
  const tree = treeOf(game)
  const { snapshot, domains } = tree
  return domains
    .seenBy(snapshot.audiences.get(playerId) ?? [])
    .map(({ domain, audiences, nodes, owned }) => ({
      domain,
      size: nodes.size + owned.size,
      operations() {
        const idOf = knownTo(snapshot, audiences)
        const creates = byId(nodes).flatMap((node): SnapshotOperation[] => {
          const { schema, record } = node
          if (record === null) return []
          const idOfOwner = node.owned?.committed === domain ? idOf : null
          return [createOf({ definition: tree.definition, schema, record, idOf, idOfOwner })]
        })
        const sets = byId(owned).flatMap(({ id, schema, record, committedDomain }): SnapshotOperation[] => {
          if (record === null || committedDomain === domain) return []
          const properties = entriesOf(schema, record, idOf)
          return properties.length === 0 ? [] : [{ kind: 'set', id, properties }]
        })
        return [...creates, ...sets]
      },
    }))
}

function byId(nodes: ReadonlySet<Node>): readonly Node[] {
  return [...nodes].sort((one, other) => one.id - other.id)
}
