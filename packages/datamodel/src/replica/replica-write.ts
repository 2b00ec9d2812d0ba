import type { AttributeValue } from '../attribute.ts'
import { storeAttribute } from '../instance/attributes.ts'
import { draftOf } from '../instance/draft.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { attributeKey, dropBase, nameKey, tagsKey } from '../instance/overlay.ts'
import { storeProperty } from '../instance/property-write.ts'
import { firePropertyChanged, fireSignal } from '../instance/signals.ts'
import { storeTags } from '../instance/tags.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import type { Create } from '../tree/operation.ts'
import type { Tree } from '../tree/tree.ts'
import { isSameValue } from '../values/value-type.ts'

/** The server wrote a property: its value counts, and a local overlay of it ends. `raw` is as the wire tells it. */
export function receiveProperty(
  tree: Tree,
  node: Node,
  change: { property: PropertySchema; raw: unknown },
): void {
  const { property, raw } = change
  const { type, name } = property
  const value = type.kind === 'reference' ? handleOf(tree, raw) : type.kind === 'nested' ? type.own(raw) : raw
  dropBase(node, name)
  if (!type.same(node.now.properties[name], value)) storeProperty(node, property, value)
}

/** The server wrote an attribute; null deletes. */
export function receiveAttribute(node: Node, name: string, value: AttributeValue | null): void {
  dropBase(node, attributeKey(name))
  const before = Object.hasOwn(node.now.attributes, name) ? (node.now.attributes[name] ?? null) : null
  if (!isSameValue(before, value)) storeAttribute(node, name, value)
}

/** The server wrote the tags, which replicate as one unit. */
export function receiveTags(node: Node, tags: readonly string[]): void {
  dropBase(node, tagsKey)
  const before = node.now.tags
  if (before.length === tags.length && before.every((tag, index) => tag === tags[index])) return
  storeTags(node, tags)
}

/** The server renamed it. */
export function receiveName(node: Node, name: string): void {
  dropBase(node, nameKey)
  if (node.now.name === name) return
  draftOf(node).name = name
  firePropertyChanged(node, 'name')
  if (node.now.parent !== null) fireSignal(nodeOf(node.now.parent), 'childNamed')
}

/** Makes a node equal to a create operation, links apart; what is equal already is not touched. */
export function receiveWhole(tree: Tree, node: Node, create: Create): void {
  receiveName(node, create.name)
  const values = new Map(create.properties)
  for (const property of node.schema.properties) {
    if (!property.type.replicates) continue
    const raw = values.has(property.index) ? values.get(property.index) : property.type.defaultValue
    receiveProperty(tree, node, { property, raw })
  }
  for (const name of new Set([...Object.keys(node.now.attributes), ...Object.keys(create.attributes)])) {
    const value = Object.hasOwn(create.attributes, name) ? (create.attributes[name] ?? null) : null
    receiveAttribute(node, name, value)
  }
  receiveTags(node, create.tags)
}

function handleOf(tree: Tree, raw: unknown) {
  return typeof raw === 'number' ? (tree.nodes.get(raw)?.handle ?? null) : null
}
