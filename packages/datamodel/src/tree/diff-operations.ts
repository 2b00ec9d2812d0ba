import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import { attributeKey, nameKey, tagsKey } from '../instance/overlay.ts'
import type { InstanceRecord } from '../instance/record.ts'
import { accessKey, causeOf, placeKey } from '../instance/write-cause.ts'
import { isSameTags } from '../naming/tag.ts'
import type { PropertyAudience } from '../properties/property-type.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import { isSameValue } from '../values/value-type.ts'
import { committedId, entriesOf, ownedEntries, visibleId } from './create-operation.ts'
import { type Domain, nobody } from './domain.ts'
import type { Operation, OperationCause, PropertyEntry } from './operation.ts'
import type { Tree } from './tree.ts'

type Emit = (domain: Domain, operation: Operation, cause: OperationCause) => void

/** A node that stays in its domain, and what it was. */
interface Change {
  readonly tree: Tree
  readonly node: Node
  readonly record: InstanceRecord
  readonly emit: Emit
}

/** Emits what turns the committed record of a node into what it is now, for those who see its domain, and for its owner. */
export function diffOperations(change: Change): void {
  const { node, record, emit } = change
  const { id, now, domain, owned } = node
  if (domain === nobody) return
  if (record.name !== now.name) emit(domain, { kind: 'rename', id, name: now.name }, causeOf(node, nameKey))
  if (record.parent !== now.parent || record.order !== now.order) {
    const parent = now.parent?.id ?? 0
    emit(domain, { kind: 'move', id, parent, order: now.order }, causeOf(node, placeKey))
  }
  diffProperties(change, 'everyone', domain)
  if (owned !== null) diffOwned(change, owned)
  diffAttributes(change)
  if (!isSameTags(record.tags, now.tags)) {
    emit(domain, { kind: 'tags', id, tags: now.tags }, causeOf(node, tagsKey))
  }
}

/** Emits what an owner learns of a node beyond its create operation. */
export function ownedOperations(tree: Tree, node: Node, emit: Emit): void {
  if (node.owned === null) return
  const properties = ownedEntries(tree, node)
  if (properties.length === 0) return
  emit(node.owned.domain, { kind: 'set', id: node.id, properties }, causeOf(node, accessKey))
}

function diffProperties({ tree, node, record, emit }: Change, of: PropertyAudience, domain: Domain): void {
  const entries: PropertyEntry[] = []
  const before = record.values
  const after = node.now.values
  const { properties } = node.schema
  // By index: the iterator of a frozen list makes an object at each step, for each property of all that changed.
  for (let at = 0; at < properties.length; at++) {
    const property = properties[at]
    if (property === undefined || property.type.visibleTo !== of) continue
    const { name, type, index } = property
    const value = after[index]
    if (type.kind === 'reference') {
      const id = visibleId(tree, value as Instance | null, domain)
      const known = committedId(tree, before[index] as Instance | null, domain)
      if (id !== known) entries.push([index, id])
    } else if (!type.same(before[index], value)) {
      const edits = editsOf(node, property)
      if (edits === null) entries.push([index, value])
      else emit(domain, { kind: 'edit', id: node.id, property: index, edits }, causeOf(node, name))
    }
  }
  if (entries.length === 0) return
  emit(domain, { kind: 'set', id: node.id, properties: entries }, causeOfSet(node, entries))
}

/** The old owner's properties go back to their defaults, for an old owner who still sees the instance. */
function diffOwned(change: Change, { domain, committed }: { domain: Domain; committed: Domain }): void {
  const { tree, node, record, emit } = change
  if (domain === committed) {
    if (domain !== nobody) diffProperties(change, 'owner', domain)
    return
  }
  const cause = causeOf(node, accessKey)
  if (committed !== nobody) {
    const known = entriesOf(node.schema, record, (target) => committedId(tree, target, committed))
    const properties = known.map(
      ([index]): PropertyEntry => [index, node.schema.properties[index]?.type.defaultValue],
    )
    if (properties.length > 0) emit(committed, { kind: 'set', id: node.id, properties }, cause)
  }
  if (domain === nobody) return
  const properties = entriesOf(node.schema, node.now, (target) => visibleId(tree, target, domain))
  if (properties.length > 0) emit(domain, { kind: 'set', id: node.id, properties }, cause)
}

/** One cause, unless the entries have several. */
function causeOfSet(node: Node, entries: readonly PropertyEntry[]): OperationCause {
  if (node.causes === null) return node.cause
  const causes = entries.map(([index]) => causeOf(node, node.schema.properties[index]?.name ?? ''))
  const [first = 0] = causes
  return causes.every((cause) => cause === first) ? first : causes
}

function editsOf(node: Node, { index }: PropertySchema) {
  const edits = node.edits?.get(index)
  return edits === undefined || edits === 'whole' ? null : edits
}

function diffAttributes({ node, record, emit }: Change): void {
  const [before, after] = [record.attributes, node.now.attributes]
  if (before === after) return
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = Object.hasOwn(after, name) ? (after[name] ?? null) : null
    const old = Object.hasOwn(before, name) ? (before[name] ?? null) : null
    if (isSameValue(old, value)) continue
    emit(node.domain, { kind: 'attribute', id: node.id, name, value }, causeOf(node, attributeKey(name)))
  }
}
