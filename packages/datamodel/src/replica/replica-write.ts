import { isSamePlain } from '../data/plain-value.ts'
import { storeAttribute } from '../instance/attributes.ts'
import { draftOf, lateDraftOf } from '../instance/draft.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { attributeKey, baseOf, dropBase, nameKey, tagsKey } from '../instance/overlay.ts'
import { firePropertyChanged, fireSignal } from '../instance/signals.ts'
import { storeTags } from '../instance/tags.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import { isSameTags } from '../naming/tag.ts'
import { shiftedValue } from '../properties/shifted-value.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import type { Create, ShiftEntry } from '../tree/operation.ts'
import { isSameValue } from '../values/value-type.ts'

/** The server wrote a property: its value counts, and a local overlay of it ends. `raw` is as the wire tells it. */
export function receiveProperty(node: Node, property: PropertySchema, raw: unknown): void {
  const { type, name, index } = property
  dropBase(node, name)
  if (holds(node, property, { value: node.now.values[index], raw })) return
  const { kind } = type
  lateDraftOf(node, name).values[index] =
    kind === 'reference' ? handleOf(node, raw) : kind === 'nested' ? type.own(raw) : raw
  firePropertyChanged(node, name)
}

/** The server tells how far a property moved from what it told before, whatever a local write lies over that. */
export function receiveShift(node: Node, property: PropertySchema, entry: ShiftEntry): void {
  const { type, name, index } = property
  receiveProperty(node, property, shiftedValue(type, baseOf(node, name, node.now.values[index]), entry))
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
  if (!isSameTags(node.now.tags, tags)) storeTags(node, tags)
}

/** The server renamed it. */
export function receiveName(node: Node, name: string): void {
  dropBase(node, nameKey)
  if (node.now.name === name) return
  draftOf(node, nameKey).name = name
  firePropertyChanged(node, 'name')
  if (node.now.parent !== null) fireSignal(nodeOf(node.now.parent), 'childNamed')
}

/**
 * Makes a node equal to a create operation, links apart; what is equal already is not touched. What a local overlay
 * covers counts as written only if it differs from what the server told before.
 */
export function receiveWhole(node: Node, create: Create): void {
  const covers = (key: string, isToldAgain: (base: unknown) => boolean): boolean =>
    node.base?.has(key) === true && isToldAgain(node.base.get(key))
  if (!covers(nameKey, (base) => base === create.name)) receiveName(node, create.name)
  const values = new Map(create.properties)
  for (const property of node.schema.properties) {
    if (!property.type.replicates) continue
    const raw = values.has(property.index) ? values.get(property.index) : property.type.defaultValue
    if (covers(property.name, (value) => holds(node, property, { value, raw }))) continue
    receiveProperty(node, property, raw)
  }
  for (const name of attributeNames(node, create)) {
    const value = Object.hasOwn(create.attributes, name) ? (create.attributes[name] ?? null) : null
    if (!covers(attributeKey(name), (base) => isSameValue(base, value))) receiveAttribute(node, name, value)
  }
  if (!covers(tagsKey, (base) => isSameTags(base as readonly string[], create.tags))) {
    receiveTags(node, create.tags)
  }
}

function attributeNames(node: Node, { attributes }: Create): ReadonlySet<string> {
  return new Set([...Object.keys(node.now.attributes), ...Object.keys(attributes)])
}

/** Whether a stored value is what the wire tells. */
function holds(
  node: Node,
  { type }: PropertySchema,
  { value, raw }: { readonly value: unknown; readonly raw: unknown },
): boolean {
  if (type.kind === 'reference') return value === handleOf(node, raw)
  // What was decoded is never the same object.
  return type.kind === 'nested' ? isSamePlain(value, raw) : type.same(value, raw)
}

function handleOf({ tree }: Node, raw: unknown) {
  return typeof raw === 'number' ? (tree?.nodes.get(raw)?.handle ?? null) : null
}
