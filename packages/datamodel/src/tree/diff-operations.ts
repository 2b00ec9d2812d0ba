import type { NestedEdit } from '../data/nested-edit.ts'
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
import type { OperationCause, PropertyEntry } from './operation.ts'
import { Row, type SegmentBook } from './segment-book.ts'
import type { Tree } from './tree.ts'

/** Describes what changed in nodes that stay in their domains, for all nodes of one commit. */
export class Differ {
  readonly #tree: Tree
  readonly #book: SegmentBook
  readonly #row = new Row()

  constructor(tree: Tree, book: SegmentBook) {
    this.#tree = tree
    this.#book = book
  }

  /** What turns the committed record of a node into what it is now, for those who see its domain, and for its owner. */
  describe(node: Node, record: InstanceRecord): void {
    const { id, now, domain, owned } = node
    const book = this.#book
    if (domain === nobody) return
    if (record.name !== now.name) {
      book.add(domain, { kind: 'rename', id, name: now.name }, causeOf(node, nameKey))
    }
    if (record.parent !== now.parent || record.order !== now.order) {
      const parent = now.parent?.id ?? 0
      book.add(domain, { kind: 'move', id, parent, order: now.order }, causeOf(node, placeKey))
    }
    this.#diffProperties(node, record, 'everyone')
    if (owned !== null && owned.domain === owned.committed) this.#diffProperties(node, record, 'owner')
    else if (owned !== null) this.#changeOwner(node, record, owned)
    if (record.attributes !== now.attributes) diffAttributes(book, node, record)
    if (!isSameTags(record.tags, now.tags)) {
      book.add(domain, { kind: 'tags', id, tags: now.tags }, causeOf(node, tagsKey))
    }
  }

  /** What an owner learns of a node beyond its create operation. */
  describeOwned(node: Node): void {
    const domain = node.owned?.domain ?? nobody
    this.#tellEntries(domain, node, ownedEntries(this.#tree, node))
  }

  #diffProperties(node: Node, record: InstanceRecord, of: PropertyAudience): void {
    const domain = of === 'owner' ? (node.owned?.domain ?? nobody) : node.domain
    if (domain === nobody) return
    const row = this.#row.clear()
    const before = record.values
    const after = node.now.values
    const { properties } = node.schema
    // By index: the iterator of a frozen list makes an object at each step, for each property of all that changed.
    for (let at = 0; at < properties.length; at++) {
      const property = properties[at]
      if (property === undefined || property.type.visibleTo !== of) continue
      const { type, index } = property
      const value = after[index]
      // Most were not written at all.
      if (value === before[index] && type.kind !== 'reference') continue
      if (type.kind === 'reference') {
        const id = visibleId(this.#tree, value as Instance | null, domain)
        const known = committedId(this.#tree, before[index] as Instance | null, domain)
        if (id !== known) row.put(index, id, known)
      } else if (!type.same(before[index], value)) {
        const edits = editsOf(node, property)
        if (edits === null) row.put(index, value, before[index])
        else this.#tellEdits(domain, node, property, edits)
      }
    }
    if (row.count > 0) this.#book.addRow(domain, node, row, causeOfRow(node, row))
  }

  #tellEdits(
    domain: Domain,
    node: Node,
    { name, index }: PropertySchema,
    edits: readonly NestedEdit[],
  ): void {
    this.#book.add(domain, { kind: 'edit', id: node.id, property: index, edits }, causeOf(node, name))
  }

  /** The old owner's properties go back to their defaults, for an old owner who still sees the instance. */
  #changeOwner(
    node: Node,
    record: InstanceRecord,
    { domain, committed }: { readonly domain: Domain; readonly committed: Domain },
  ): void {
    const { schema, now } = node
    if (committed !== nobody) {
      const known = entriesOf(schema, record, (target) => committedId(this.#tree, target, committed))
      const defaults = known.map(([index]): PropertyEntry => [index, schema.defaults[index]])
      this.#tellEntries(committed, node, defaults)
    }
    if (domain === nobody) return
    const entries = entriesOf(schema, now, (target) => visibleId(this.#tree, target, domain))
    this.#tellEntries(domain, node, entries)
  }

  /** What somebody sees because the owner is another. */
  #tellEntries(domain: Domain, node: Node, entries: readonly PropertyEntry[]): void {
    const row = this.#row.clear()
    for (const [index, value] of entries) row.put(index, value, null)
    this.#book.addRow(domain, node, row, causeOf(node, accessKey))
  }
}

/** One cause, unless its properties have several. */
function causeOfRow(node: Node, { indexes, count }: Row): OperationCause {
  if (node.causes === null) return node.cause
  const causes = indexes
    .slice(0, count)
    .map((index) => causeOf(node, node.schema.properties[index]?.name ?? ''))
  const [first = 0] = causes
  return causes.every((cause) => cause === first) ? first : causes
}

function editsOf(node: Node, { index }: PropertySchema) {
  const edits = node.edits?.get(index)
  return edits === undefined || edits === 'whole' ? null : edits
}

function diffAttributes(book: SegmentBook, node: Node, { attributes: before }: InstanceRecord): void {
  const { attributes: after } = node.now
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = Object.hasOwn(after, name) ? (after[name] ?? null) : null
    const old = Object.hasOwn(before, name) ? (before[name] ?? null) : null
    if (isSameValue(old, value)) continue
    book.add(node.domain, { kind: 'attribute', id: node.id, name, value }, causeOf(node, attributeKey(name)))
  }
}
