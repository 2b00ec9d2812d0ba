import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import { isSameValue } from '../values/value-type.ts'
import { visibleId } from './create-operation.ts'
import type { Operation, PropertyEntry } from './operation.ts'
import type { Tree } from './tree.ts'

/** What turns the committed record of a node into what it is now, for those who see its domain. */
export function* diffOperations(tree: Tree, node: Node, record: InstanceRecord): Iterable<Operation> {
  const { id, now } = node
  if (record.name !== now.name) yield { kind: 'rename', id, name: now.name }
  if (record.parent !== now.parent || record.order !== now.order) {
    yield { kind: 'move', id, parent: now.parent?.id ?? 0, order: now.order }
  }
  yield* diffProperties(tree, node, record)
  yield* diffAttributes(node, record)
  if (record.tags !== now.tags) yield { kind: 'tags', id, tags: now.tags }
}

function* diffProperties(tree: Tree, node: Node, record: InstanceRecord): Iterable<Operation> {
  const entries: PropertyEntry[] = []
  for (const property of node.schema.properties) {
    const { name, type, index } = property
    if (!type.replicates) continue
    const value = node.now.properties[name]
    if (type.kind === 'reference') {
      if (isReferenceStale(tree, record.properties[name], value)) {
        entries.push([index, visibleId(value as Instance | null, node.domain)])
      }
    } else if (!type.same(record.properties[name], value)) {
      const edits = editsOf(node, property)
      if (edits === null) entries.push([index, value])
      else yield { kind: 'edit', id: node.id, property: index, edits }
    }
  }
  if (entries.length > 0) yield { kind: 'set', id: node.id, properties: entries }
}

/** Changed, or its target appeared, vanished or changed its audience since the last commit. */
function isReferenceStale(tree: Tree, before: unknown, after: unknown): boolean {
  if (before !== after) return true
  return after !== null && nodeOf(after as Instance).visibilityCommit === tree.commitCount
}

function editsOf(node: Node, { index }: PropertySchema) {
  const edits = node.edits?.get(index)
  return edits === undefined || edits === 'whole' ? null : edits
}

function* diffAttributes(node: Node, record: InstanceRecord): Iterable<Operation> {
  const [before, after] = [record.attributes, node.now.attributes]
  if (before === after) return
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = Object.hasOwn(after, name) ? (after[name] ?? null) : null
    const old = Object.hasOwn(before, name) ? (before[name] ?? null) : null
    if (!isSameValue(old, value)) yield { kind: 'attribute', id: node.id, name, value }
  }
}
