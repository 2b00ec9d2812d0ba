import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { Draft, InstanceRecord } from '../instance/record.ts'
import type { ClassSchema, PropertySchema } from '../schema/class-schema.ts'
import type { TreeDefinition } from '../schema/tree-definition.ts'
import { type Domain, nobody } from './domain.ts'
import type { Create, PropertyEntry } from './operation.ts'
import type { Tree } from './tree.ts'

/** A reference as an audience may know it. */
export type IdOf = (target: Instance) => number | null

/** Where a create operation takes its values from. */
export interface CreateSource {
  readonly definition: TreeDefinition
  readonly schema: ClassSchema
  readonly record: InstanceRecord | Draft
  readonly idOf: IdOf
  /** As the owner may know it; null leaves the owner's properties out. */
  readonly idOfOwner: IdOf | null
}

/** An instance, whole: the one form that live patches, join snapshots and the oracle share. */
export function createOf({ definition, schema, record, idOf, idOfOwner }: CreateSource): Create {
  const properties: PropertyEntry[] = []
  for (const property of schema.properties) {
    const { visibleTo } = property.type
    const known = visibleTo === 'everyone' ? idOf : visibleTo === 'owner' ? idOfOwner : null
    if (known === null) continue
    const value = toldValue(property, record.values[property.index], known)
    if (isTold(property, value)) properties.push([property.index, value])
  }
  return {
    kind: 'create',
    id: record.id,
    classNumber: definition.classNumberOf(schema) ?? 0,
    parent: record.parent?.id ?? 0,
    order: record.order,
    name: record.name,
    properties,
    attributes: record.attributes,
    tags: record.tags,
  }
}

/** A value as operations tell it: a reference as an id. */
function toldValue({ type }: PropertySchema, value: unknown, idOf: IdOf): unknown {
  if (type.kind !== 'reference') return value
  return value === null ? null : idOf(value as Instance)
}

/** Whether who hears of an instance for the first time has to be told of this value. */
function isTold({ type }: PropertySchema, value: unknown): boolean {
  return type.kind === 'reference' ? value !== null : !type.same(value, type.defaultValue)
}

/** A node as it is now, for those who see its domain. */
export function createOperation(tree: Tree, node: Node): Create {
  const { owned, domain } = node
  const idOf = (target: Instance) => visibleId(tree, target, domain)
  return createOf({
    definition: tree.definition,
    schema: node.schema,
    record: node.now,
    idOf,
    idOfOwner: owned !== null && owned.domain === domain ? idOf : null,
  })
}

/** What the owner of a node sees beyond what its create operation tells. */
export function ownedEntries(tree: Tree, { owned, domain, schema, now }: Node): readonly PropertyEntry[] {
  if (owned === null || owned.domain === nobody || owned.domain === domain) return []
  return entriesOf(schema, now, (target) => visibleId(tree, target, owned.domain))
}

/** The owner's properties that differ from their defaults. */
export function entriesOf(
  schema: ClassSchema,
  { values }: InstanceRecord | Draft,
  idOf: IdOf,
): readonly PropertyEntry[] {
  const entries: PropertyEntry[] = []
  for (const property of schema.owned) {
    const value = toldValue(property, values[property.index], idOf)
    if (isTold(property, value)) entries.push([property.index, value])
  }
  return entries
}

/** A reference as the wire tells it: the target's id, or null where the domain may not see it or it is gone. */
export function visibleId({ domains }: Tree, target: Instance | null, domain: Domain): number | null {
  if (target === null) return null
  const node = nodeOf(target)
  return node.isInTree && domains.maySee(domain, node.domain) ? node.id : null
}

/** What the last commit told of a reference; only until the nodes are sealed. */
export function committedId({ domains }: Tree, target: Instance | null, domain: Domain): number | null {
  if (target === null) return null
  const node = nodeOf(target)
  return node.record !== null && domains.maySee(domain, node.committedDomain) ? node.id : null
}
