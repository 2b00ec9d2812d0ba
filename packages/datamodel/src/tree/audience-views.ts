import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { createOf, entriesOf, type IdOf } from './create-operation.ts'
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
  readonly slices: Iterator<readonly Instance[]>
  slice: readonly Instance[]
  at: number
  readonly visibility: Visibility
  /** The same function for all instances that need the same. */
  readonly idOf: IdOf
}

interface Found {
  readonly schema: ClassSchema
  readonly record: InstanceRecord
}

/**
 * A whole tree as its players see it, parents before children: what a player meets the conditions of is together what
 * `view` tells for that player. Goes on when it is asked to, so that a large tree can be told in slices; so it is one
 * generator without others inside, which would cost more than what they tell.
 */
export function* viewByAudience(snapshot: TreeSnapshot): IterableIterator<SeenOperation> {
  const record = snapshot.records.get(rootId)
  const schema = snapshot.definition.classByName.get(record?.className ?? '')?.schema
  if (record === undefined || schema === undefined) return
  const { definition } = snapshot
  const root = levelBelow(snapshot, record, visibleToAll)
  yield {
    conditions: [],
    operation: createOf({ definition, schema, record, idOf: root.idOf, idOfOwner: null }),
  }
  const levels = [root]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const child = nextChild(level)
    if (child === null) {
      levels.pop()
      continue
    }
    const record = snapshot.records.get(child.id)
    if (record === undefined) continue
    const { schema } = nodeOf(child)
    const visibility = visibilityBelow(level.visibility, { record, schema })
    const { conditions, ownerId } = visibility
    if (conditions === null) continue
    const below = record.childrenByOrder.size === 0 ? null : levelBelow(snapshot, record, visibility)
    const idOf = below?.idOf ?? (visibility === level.visibility ? level.idOf : knownTo(snapshot, conditions))
    const owned = ownerId === null || schema.owned.length === 0 ? null : narrowed(conditions, ownerId)
    const idOfOwner = owned === conditions ? idOf : null
    yield { conditions, operation: createOf({ definition, schema, record, idOf, idOfOwner }) }
    if (owned !== null && owned !== conditions) {
      const beside = ownedBeside(snapshot, { record, schema }, owned)
      if (beside !== null) yield beside
    }
    if (below !== null) levels.push(below)
  }
}

function levelBelow(
  snapshot: TreeSnapshot,
  { childrenByOrder }: InstanceRecord,
  visibility: Visibility,
): Level {
  const idOf = knownTo(snapshot, visibility.conditions)
  return { slices: childrenByOrder.slices(), slice: [], at: 0, visibility, idOf }
}

function nextChild(level: Level): Instance | null {
  while (level.at === level.slice.length) {
    const { value, done } = level.slices.next()
    if (done === true) return null
    level.slice = value
    level.at = 0
  }
  const child = level.slice[level.at] ?? null
  level.at += 1
  return child
}

/** What an owner sees beyond what others do, as a write beside the creation; null for nothing. */
function ownedBeside(
  snapshot: TreeSnapshot,
  { record, schema }: Found,
  owned: readonly AudienceId[],
): SeenOperation | null {
  const properties = entriesOf(schema, record, knownTo(snapshot, owned))
  return properties.length === 0
    ? null
    : { conditions: owned, operation: { kind: 'set', id: record.id, properties } }
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
