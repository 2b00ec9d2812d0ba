import { applyNestedEdits, type NestedEdit } from '../data/nested-edit.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import { shiftedValue } from '../properties/shifted-value.ts'
import type { TreeDefinition } from '../schema/tree-definition.ts'
import type { Create, Operation, PropertyEntry, Shift, ShiftEntry } from '../tree/operation.ts'

/** What many operations made of one instance: the last write of each thing wins. */
export interface InstanceChange {
  readonly id: number
  /** Whether the replica surely had it not before. */
  readonly isNew: boolean
  /** Where it was told whole; what follows is on top of it. */
  readonly create: Create | null
  place: { readonly parent: number; readonly order: number } | null
  name: string | null
  readonly properties: Map<number, unknown>
  /** Of values that are not known here. */
  readonly edits: Map<number, readonly NestedEdit[]>
  /** In steps, of values that are not known here. */
  readonly shifts: Map<number, readonly number[]>
  /** Where it is known. */
  classNumber: number
  readonly attributes: Map<string, AttributeValue | null>
  tags: readonly string[] | null
}

/** Nothing has changed yet, beside its creation where there was one. */
export function createChange(
  id: number,
  { isNew, create }: Pick<InstanceChange, 'isNew' | 'create'>,
): InstanceChange {
  return {
    id,
    isNew,
    create,
    place: null,
    name: null,
    properties: new Map(create?.properties),
    edits: new Map(),
    shifts: new Map(),
    classNumber: create?.classNumber ?? 0,
    attributes: new Map(create === null ? [] : Object.entries(create.attributes)),
    tags: null,
  }
}

/** Adds one more operation that writes, of the same instance; those that make, move or remove are not for here. */
export function addWrite(change: InstanceChange, operation: Operation, definition: TreeDefinition): void {
  switch (operation.kind) {
    case 'set':
      for (const [index, value] of operation.properties) {
        change.properties.set(index, value)
        change.edits.delete(index)
        change.shifts.delete(index)
      }
      break
    case 'shift':
      addShift(change, operation, definition)
      break
    case 'edit':
      addEdits(change, operation, definition)
      break
    case 'rename':
      change.name = operation.name
      break
    case 'attribute':
      change.attributes.set(operation.name, operation.value)
      break
    case 'tags':
      change.tags = operation.tags
      break
    case 'create':
    case 'move':
    case 'remove':
  }
}

/** Edits of a value that is known here lead to a value; others are kept in their order. */
function addEdits(
  { create, edits, properties }: InstanceChange,
  { property, edits: more }: Operation & { readonly kind: 'edit' },
  definition: TreeDefinition,
): void {
  if (properties.has(property)) {
    properties.set(property, applyNestedEdits(properties.get(property), more))
  } else if (create === null) {
    edits.set(property, [...(edits.get(property) ?? []), ...more])
  } else {
    const type = definition.classes[create.classNumber]?.schema.properties[property]?.type
    properties.set(property, applyNestedEdits(type?.defaultValue, more))
  }
}

/** Shifts of a value that is known here lead to a value; others come to one. */
function addShift(change: InstanceChange, shift: Shift, definition: TreeDefinition): void {
  const { create, properties, shifts } = change
  change.classNumber = shift.classNumber
  const schema = definition.classes[shift.classNumber]?.schema
  for (const entry of shift.properties) {
    const [index, ...steps] = entry
    const type = schema?.properties[index]?.type
    if (type !== undefined && (create !== null || properties.has(index))) {
      const before = properties.has(index) ? properties.get(index) : type.defaultValue
      properties.set(index, shiftedValue(type, before, entry))
    } else {
      const before = shifts.get(index)
      shifts.set(index, before === undefined ? steps : steps.map((count, at) => count + (before[at] ?? 0)))
    }
  }
}

/** The fewest operations that do the same. */
export function operationsOf(change: InstanceChange): readonly Operation[] {
  const { id, create, place, name, tags } = change
  const properties: PropertyEntry[] = [...change.properties].sort(([a], [b]) => a - b)
  if (create !== null) return [wholeOf(change, create, properties)]
  const operations: Operation[] = []
  if (place !== null) operations.push({ kind: 'move', id, ...place })
  if (name !== null) operations.push({ kind: 'rename', id, name })
  if (properties.length > 0) operations.push({ kind: 'set', id, properties })
  if (change.shifts.size > 0) {
    const shifted = [...change.shifts].sort(([a], [b]) => a - b)
    operations.push({
      kind: 'shift',
      id,
      classNumber: change.classNumber,
      properties: shifted.map(([index, steps]): ShiftEntry => [index, ...steps]),
    })
  }
  for (const [property, edits] of change.edits) operations.push({ kind: 'edit', id, property, edits })
  for (const [attribute, value] of change.attributes) {
    operations.push({ kind: 'attribute', id, name: attribute, value })
  }
  if (tags !== null) operations.push({ kind: 'tags', id, tags })
  return operations
}

function wholeOf(
  { place, name, tags, attributes }: InstanceChange,
  create: Create,
  properties: readonly PropertyEntry[],
): Create {
  const kept: Record<string, AttributeValue> = {}
  for (const [attribute, value] of attributes) if (value !== null) kept[attribute] = value
  return {
    ...create,
    ...place,
    name: name ?? create.name,
    properties,
    attributes: kept,
    tags: tags ?? create.tags,
  }
}
