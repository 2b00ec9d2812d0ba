import { isSamePlain } from '../data/plain-value.ts'
import type { Node } from '../instance/node.ts'
import { subtreeOf } from '../instance/subtree.ts'
import { isSameTags } from '../naming/tag.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Create } from '../tree/operation.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import { isSameValue } from '../values/value-type.ts'
import { heldOf } from './replica-view.ts'

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
  for (const told of creates) {
    const node = tree.nodes.get(told.id)
    const held = node?.record == null ? null : heldOf(tree, node, node.record)
    if (held === null) found.push({ id: told.id, field: '#missing', held: null, told: told.name })
    else compare(tree, held, { told, found })
    if (found.length >= limit) return found.slice(0, limit)
  }
  for (const { id: extra, now } of extrasBelow(tree, id, creates)) {
    found.push({ id: extra, field: '#extra', held: now.name, told: null })
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
  { definition }: Tree,
  held: Create,
  { told, found }: { readonly told: Create; readonly found: Difference[] },
): void {
  const note = (field: string, one: unknown, other: unknown): void => {
    found.push({ id: told.id, field, held: one, told: other })
  }
  if (held.name !== told.name) note('#name', held.name, told.name)
  if (held.parent !== told.parent) note('#parent', held.parent, told.parent)
  if (held.order !== told.order) note('#order', held.order, told.order)
  const properties = definition.classes[told.classNumber]?.schema.properties ?? []
  const [heldValues, toldValues] = [new Map(held.properties), new Map(told.properties)]
  for (const { index, name, type } of properties) {
    // References are ids here, and null where nothing is told.
    const normal = (values: ReadonlyMap<number, unknown>): unknown =>
      values.has(index) ? values.get(index) : type.defaultValue
    const [one, other] = [normal(heldValues), normal(toldValues)]
    if (!isSameValue(one, other) && !isSamePlain(one, other)) note(name, one, other)
  }
  for (const name of new Set([...Object.keys(held.attributes), ...Object.keys(told.attributes)])) {
    const one = Object.hasOwn(held.attributes, name) ? held.attributes[name] : null
    const other = Object.hasOwn(told.attributes, name) ? told.attributes[name] : null
    if (!isSameValue(one, other)) note(`@${name}`, one, other)
  }
  if (!isSameTags(held.tags, told.tags)) note('#tags', held.tags, told.tags)
}
