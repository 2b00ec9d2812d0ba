import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import { attributeKey, nameKey, tagsKey } from '../instance/overlay.ts'
import type { InstanceRecord } from '../instance/record.ts'
import { causeOf, placeKey } from '../instance/write-cause.ts'
import { isSameTags } from '../naming/tag.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import { isSameValue } from '../values/value-type.ts'
import { committedId, visibleId } from './create-operation.ts'
import type { Operation, OperationCause, PropertyEntry } from './operation.ts'

type Emit = (operation: Operation, cause: OperationCause) => void

/** Emits what turns the committed record of a node into what it is now, for those who see its domain. */
export function diffOperations(node: Node, record: InstanceRecord, emit: Emit): void {
  const { id, now } = node
  if (record.name !== now.name) emit({ kind: 'rename', id, name: now.name }, causeOf(node, nameKey))
  if (record.parent !== now.parent || record.order !== now.order) {
    const parent = now.parent?.id ?? 0
    emit({ kind: 'move', id, parent, order: now.order }, causeOf(node, placeKey))
  }
  diffProperties(node, record, emit)
  diffAttributes(node, record, emit)
  if (!isSameTags(record.tags, now.tags)) emit({ kind: 'tags', id, tags: now.tags }, causeOf(node, tagsKey))
}

function diffProperties(node: Node, record: InstanceRecord, emit: Emit): void {
  const entries: PropertyEntry[] = []
  for (const property of node.schema.properties) {
    const { name, type, index } = property
    if (!type.replicates) continue
    const value = node.now.properties[name]
    if (type.kind === 'reference') {
      const id = visibleId(value as Instance | null, node.domain)
      const known = committedId(record.properties[name] as Instance | null, node.domain)
      if (id !== known) entries.push([index, id])
    } else if (!type.same(record.properties[name], value)) {
      const edits = editsOf(node, property)
      if (edits === null) entries.push([index, value])
      else emit({ kind: 'edit', id: node.id, property: index, edits }, causeOf(node, name))
    }
  }
  if (entries.length > 0) emit({ kind: 'set', id: node.id, properties: entries }, causeOfSet(node, entries))
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

function diffAttributes(node: Node, record: InstanceRecord, emit: Emit): void {
  const [before, after] = [record.attributes, node.now.attributes]
  if (before === after) return
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = Object.hasOwn(after, name) ? (after[name] ?? null) : null
    const old = Object.hasOwn(before, name) ? (before[name] ?? null) : null
    if (isSameValue(old, value)) continue
    emit({ kind: 'attribute', id: node.id, name, value }, causeOf(node, attributeKey(name)))
  }
}
