import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { Draft, InstanceRecord } from '../instance/record.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import type { TreeDefinition } from '../schema/tree-definition.ts'
import { type Domain, mayDomainSee } from './domain.ts'
import type { Create, PropertyEntry } from './operation.ts'

/** Where a create operation takes its values from. */
export interface CreateSource {
  readonly definition: TreeDefinition
  readonly schema: ClassSchema
  readonly record: InstanceRecord | Draft
  /** A reference as its audience may know it. */
  readonly idOf: (target: Instance) => number | null
}

/** An instance, whole: the one form that live patches, join snapshots and the oracle share. */
export function createOf({ definition, schema, record, idOf }: CreateSource): Create {
  const properties: PropertyEntry[] = []
  for (const { type, name, index } of schema.properties) {
    if (!type.replicates) continue
    const value = record.properties[name]
    if (type.kind === 'reference') {
      const id = value === null ? null : idOf(value as Instance)
      if (id !== null) properties.push([index, id])
    } else if (!type.same(value, type.defaultValue)) {
      properties.push([index, value])
    }
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

/** A node as it is now, for those who see its domain. */
export function createOperation(definition: TreeDefinition, node: Node): Create {
  return createOf({
    definition,
    schema: node.schema,
    record: node.now,
    idOf: (target) => visibleId(target, node.domain),
  })
}

/** A reference as the wire tells it: the target's id, or null where the domain may not see it or it is gone. */
export function visibleId(target: Instance | null, domain: Domain): number | null {
  if (target === null) return null
  const node = nodeOf(target)
  return node.isInTree && mayDomainSee(domain, node.domain) ? node.id : null
}

/** What the last commit told of a reference; only until the nodes are sealed. */
export function committedId(target: Instance | null, domain: Domain): number | null {
  if (target === null) return null
  const node = nodeOf(target)
  return node.record !== null && mayDomainSee(domain, node.committedDomain) ? node.id : null
}
