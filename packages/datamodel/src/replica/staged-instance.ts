import type { Node } from '../instance/node.ts'
import { type Attributes, attributesFrom, type Draft, tagsFrom } from '../instance/record.ts'
import type { ClassSchema, PropertySchema } from '../schema/class-schema.ts'
import type { ToldColumn, ToldCreates } from '../tree/told-run.ts'

/** A reference of a staged instance, whose target may come later. */
export interface PendingReference {
  readonly node: Node
  readonly property: PropertySchema
  readonly target: unknown
}

/** What to write to each replicated property of a class: the values of a column, or null for its default. */
export type StagePlan = readonly {
  readonly property: PropertySchema
  readonly values: readonly unknown[] | null
}[]

/** Null where instances of the class cannot be made of such columns: each is of another property that replicates, and holds values. */
export function planOf(
  { isAbstract, isService, properties }: ClassSchema,
  columns: readonly ToldColumn[],
): StagePlan | null {
  if (isAbstract || isService) return null
  const told = new Map<number, readonly unknown[]>()
  for (const column of columns) {
    if (column.kind === 'steps' || told.has(column.index)) return null
    if (properties[column.index]?.type.replicates !== true) return null
    told.set(column.index, column.values)
  }
  return properties
    .filter(({ type }) => type.replicates)
    .map((property) => ({ property, values: told.get(property.index) ?? null }))
}

const none: Attributes = Object.freeze({})

/** Makes what is outside of any tree, has no children, and was made a moment ago equal to a row; its references come to `pending`. */
export function writeStaged(
  node: Node,
  { run, at, plan }: { readonly run: ToldCreates; readonly at: number; readonly plan: StagePlan },
  pending: PendingReference[],
): void {
  const draft = node.now as Draft
  const id = run.ids[at] ?? 0
  node.id = id
  draft.id = id
  draft.name = run.names[at] ?? ''
  draft.order = run.orders[at] ?? 0
  draft.attributes = attributesFrom(run.attributes?.[at] ?? none)
  draft.tags = tagsFrom(run.tags?.[at] ?? [])
  for (const { property, values } of plan) {
    const { type, index } = property
    const value = values?.[at]
    // Defaults too, since a constructor may have written something else.
    if (value === undefined) draft.values[index] = type.defaultValue
    else if (type.kind === 'reference') {
      draft.values[index] = null
      pending.push({ node, property, target: value })
    } else {
      draft.values[index] = type.kind === 'nested' ? type.own(value) : value
    }
  }
}
