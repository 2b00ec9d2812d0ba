import { isSamePlain } from '../data/plain-value.ts'
import type { Instance } from '../instance/instance.ts'
import { recordOf } from '../instance/late-record.ts'
import type { Node } from '../instance/node.ts'
import type { Attributes, InstanceRecord } from '../instance/record.ts'
import { subtreeOf } from '../instance/subtree.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Create } from '../tree/operation.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import { isSameValue } from '../values/value-type.ts'
import { replicaIdOf, withoutOverlay } from './replica-view.ts'

/** Something that a replica holds otherwise than the server tells. */
export interface Difference {
  readonly id: number
  /** A property's name, `@` and an attribute's, or `#name`, `#parent`, `#order`, `#tags`; `#missing` and `#extra` for a whole instance. */
  readonly field: string
  /** What the replica held, a reference as an id; null where there was nothing. */
  readonly held: unknown
  readonly told: unknown
}

/** How a replica differs from what the server tells of an instance and all below it, so many differences at most. */
export function differencesBelow(
  game: DataModel,
  {
    id,
    creates,
    limit,
  }: { readonly id: number; readonly creates: readonly Create[]; readonly limit: number },
): readonly Difference[] {
  const tree = treeOf(game)
  const found: Difference[] = []
  const note = (difference: Difference): void => void found.push(difference)
  for (const told of creates) {
    const node = tree.nodes.get(told.id)
    const record = node === undefined ? null : recordOf(node)
    if (node !== undefined && record !== null) compare(node, withoutOverlay(node, record), { told, note })
    else note({ id: told.id, field: '#missing', held: null, told: told.name })
    if (found.length >= limit) break
  }
  for (const { id: extra, now } of extrasBelow(tree, id, creates)) {
    note({ id: extra, field: '#extra', held: now.name, told: null })
  }
  return found.slice(0, limit)
}

/** What a replica holds of the server's below an instance, itself included, and the server does not tell there. */
export function extrasBelow(tree: Tree, id: number, creates: readonly Create[]): readonly Node[] {
  const top = tree.nodes.get(id)
  if (top === undefined) return []
  const told = new Set(creates.map((create) => create.id))
  return subtreeOf(top).filter((node) => node.id > 0 && !node.schema.isService && !told.has(node.id))
}

function compare(
  { schema }: Node,
  held: InstanceRecord,
  { told, note }: { readonly told: Create; readonly note: (difference: Difference) => void },
): void {
  const { id } = told
  const compareField = (field: string, one: unknown, other: unknown): void => {
    if (!isSameValue(one, other) && !isSamePlain(one, other)) note({ id, field, held: one, told: other })
  }
  compareField('#name', held.name, told.name)
  compareField('#parent', held.parent?.id ?? 0, told.parent)
  compareField('#order', held.order, told.order)
  compareField('#tags', held.tags, told.tags)
  const values = new Map(told.properties)
  for (const { index, name, type } of schema.properties) {
    if (!type.replicates) continue
    const value = held.values[index]
    const isReference = type.kind === 'reference' && value !== null
    compareField(
      name,
      isReference ? replicaIdOf(value as Instance) : value,
      values.has(index) ? values.get(index) : type.defaultValue,
    )
  }
  for (const name of Object.keys({ ...held.attributes, ...told.attributes })) {
    const valueIn = (attributes: Attributes): unknown =>
      Object.hasOwn(attributes, name) ? attributes[name] : null
    compareField(`@${name}`, valueIn(held.attributes), valueIn(told.attributes))
  }
}
