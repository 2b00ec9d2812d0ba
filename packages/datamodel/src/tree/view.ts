import { nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import { createOf } from './create-operation.ts'
import { type Domain, domainsOf, everyone, mayDomainSee, narrowDomain } from './domain.ts'
import type { Create } from './operation.ts'
import { rootId, type TreeSnapshot } from './tree-snapshot.ts'
import { domainAt } from './visibility.ts'

interface Visit {
  readonly schema: ClassSchema
  readonly record: InstanceRecord
  readonly domain: Domain
  readonly ownerId: number | null
}

/**
 * What a player may see of a tree: parents before children, siblings in order. Null is a stranger. Pure: replication's
 * join snapshots, the convergence oracle and visibility tests all go by it.
 */
export function view(snapshot: TreeSnapshot, playerId: number | null): readonly Create[] {
  const domains = domainsOf(playerId)
  const record = snapshot.records.get(rootId)
  const schema = snapshot.definition.classByName.get(record?.className ?? '')?.schema
  const seen: Create[] = []
  if (record === undefined || schema === undefined) return []
  const open: Visit[] = [{ record, schema, domain: everyone, ownerId: null }]
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { record, domain, ownerId } = visit
    seen.push(createFromRecord(snapshot, visit))
    for (const child of [...record.children].reverse()) {
      const childRecord = snapshot.records.get(child.id)
      if (childRecord === undefined) continue
      const { schema } = nodeOf(child)
      const childDomain = narrowDomain(domain, schema.audience, ownerId)
      if (!domains.includes(childDomain)) continue
      const childOwner = schema.name === 'Player' ? child.id : ownerId
      open.push({ record: childRecord, schema, domain: childDomain, ownerId: childOwner })
    }
  }
  return seen
}

function createFromRecord(snapshot: TreeSnapshot, { record, schema, domain }: Visit): Create {
  return createOf({
    definition: snapshot.definition,
    schema,
    record,
    idOf: (target) => (mayDomainSee(domain, domainAt(snapshot, target)) ? target.id : null),
  })
}
