import type { Instance } from '../instance/instance.ts'
import { recordOf } from '../instance/late-record.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { attributeKey, baseOf, nameKey, tagsKey } from '../instance/overlay.ts'
import { InstanceRecord } from '../instance/record.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import { createOf } from '../tree/create-operation.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Create } from '../tree/operation.ts'
import { treeOf } from '../tree/tree.ts'
import { rootId } from '../tree/tree-snapshot.ts'

/**
 * What a replica holds of the server's tree, in the form and order of `view`: local writes and what this client made
 * are left out, so that the two compare equal when replication has done its work.
 */
export function replicaView(game: DataModel): readonly Create[] {
  const tree = treeOf(game)
  const held: Create[] = []
  const open: Node[] = [nodeOf(game)]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const record = recordOf(node)
    if (record === null || node.id < rootId) continue
    held.push(
      createOf({
        definition: tree.definition,
        schema: node.schema,
        record: withoutOverlay(node, record),
        idOf: replicaIdOf,
        idOfOwner: replicaIdOf,
      }),
    )
    for (const child of [...record.children].reverse()) {
      if (nodeOf(child).schema.audience !== 'nobody') open.push(nodeOf(child))
    }
  }
  return held
}

/** What a client refers to, it was told of. */
export function replicaIdOf(target: Instance): number | null {
  return nodeOf(target).isInTree && target.id > 0 ? target.id : null
}

/** The record as it would be if this client had written nothing. */
export function withoutOverlay(node: Node, record: InstanceRecord): InstanceRecord {
  if (node.base === null) return record
  const values = record.schema.properties.map(({ name, index }) => baseOf(node, name, record.values[index]))
  const attributes: Record<string, AttributeValue> = { ...record.attributes }
  for (const [key, value] of node.base) {
    if (!key.startsWith(attributeKey(''))) continue
    const name = key.slice(1)
    if (value === null) delete attributes[name]
    else attributes[name] = value as AttributeValue
  }
  return new InstanceRecord(record.id, values, {
    schema: record.schema,
    parent: record.parent,
    order: record.order,
    access: record.access,
    childrenByOrder: record.childrenByOrder,
    name: baseOf(node, nameKey, record.name) as string,
    tags: baseOf(node, tagsKey, record.tags) as readonly string[],
    attributes,
  })
}
