import { DataModelError } from '../errors.ts'
import { lateDraftOf } from '../instance/draft.ts'
import type { Node } from '../instance/node.ts'
import { placeKey } from '../instance/write-cause.ts'
import { shiftEach, stepCountOf } from '../properties/shifted-value.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import { shiftAt, type ToldColumn, type ToldRun, type ToldSets } from '../tree/told-run.ts'
import type { PatchBase } from './patch-check.ts'
import { receiveProperty, receiveShift } from './replica-write.ts'

/** A run that fits the tree, with what it writes to: so nothing is looked up twice. */
export interface FittedSets {
  readonly nodes: readonly Node[]
  readonly columns: readonly { readonly property: PropertySchema; readonly column: ToldColumn }[]
}

/** Refuses a run that does not fit the tree, before anything has changed. */
export function expectSets(base: PatchBase, { classNumber, ids, columns }: ToldSets): FittedSets {
  const schema = base.tree.definition.classes[classNumber]?.schema
  const nodes: Node[] = []
  for (const id of ids) {
    const node = base.find(id)
    if (node === undefined || node.schema !== schema) throw misfit(`instance ${id}`, classNumber)
    nodes.push(node)
  }
  return {
    nodes,
    columns: columns.map((column) => {
      const property = schema?.properties[column.index]
      const fits =
        property?.type.replicates === true &&
        (column.kind === 'values' ||
          (column.parts.length > 0 && stepCountOf(property.type) === column.parts.length))
      if (!fits) throw misfit(`property ${column.index}`, classNumber)
      return { property, column }
    }),
  }
}

/** The class numbers of what runs make, by id. */
export function classesMade(runs: readonly ToldRun[]): ReadonlyMap<number, number> {
  const made = new Map<number, number>()
  for (const run of runs) {
    if (run.kind === 'creates') for (const id of run.ids) made.set(id, run.classNumber)
    if (run.kind !== 'operations') continue
    for (const operation of run.operations) {
      if (operation.kind === 'create') made.set(operation.id, operation.classNumber)
    }
  }
  return made
}

/** Refuses a run that tells of instances of other classes, where some are made beside it: its operations do not say which class they are of. */
export function expectClass(
  { tree, find }: PatchBase,
  { classNumber, ids }: ToldSets,
  made: ReadonlyMap<number, number>,
): void {
  const schema = tree.definition.classes[classNumber]?.schema
  for (const id of ids) {
    const isOfClass = made.has(id) ? made.get(id) === classNumber : find(id)?.schema === schema
    if (!isOfClass) throw misfit(`instance ${id}`, classNumber)
  }
}

/**
 * Writes the values of a run. Most of what that costs is waiting for memory. So a short loop, which a processor runs far
 * ahead in, finds the values of all rows first; whoever nobody listens to gets theirs without a look at what was there.
 * That takes a third of the time of `receiveProperty` for each, where many replicas share a processor.
 */
export function writeSets({ nodes, columns }: FittedSets): void {
  const lists = nodes.map(unheardValues)
  const isUnheard = !lists.includes(null)
  for (const { property, column } of columns) {
    const { kind } = property.type
    // References become handles, and nested values are copied.
    const isStored = kind !== 'reference' && kind !== 'nested'
    if (column.kind === 'steps') shiftEach(lists, property, column.parts)
    else if (isStored) storeEach(lists, property, column.values)
    if (isStored && isUnheard) continue
    for (const [row, node] of nodes.entries()) {
      if (!isStored || lists[row] === null) receiveAt(node, property, { column, row })
    }
  }
}

/** Where the values of a node are written without further ado; null where a listener, an observer or a local write is in the way. */
function unheardValues(node: Node): unknown[] | null {
  if (node.signals !== null || node.observers !== null || node.base !== null) return null
  return lateDraftOf(node, placeKey).values
}

function storeEach(
  lists: readonly (unknown[] | null)[],
  { index }: PropertySchema,
  values: readonly unknown[],
): void {
  for (let row = 0; row < lists.length; row++) {
    const list = lists[row]
    const value = values[row]
    if (list !== null && list !== undefined && value !== undefined) list[index] = value
  }
}

/** One value of a run. */
interface Cell {
  readonly column: ToldColumn
  readonly row: number
}

function receiveAt(node: Node, property: PropertySchema, { column, row }: Cell): void {
  if (column.kind === 'values') {
    const value = column.values[row]
    if (value !== undefined) receiveProperty(node, property, value)
  } else {
    const entry = shiftAt(column, row)
    if (entry !== null) receiveShift(node, property, entry)
  }
}

function misfit(what: string, classNumber: number): DataModelError {
  return new DataModelError(
    'notFound',
    `cannot apply a patch to ${what} of class number ${classNumber}: the replica does not have it. Ask for a fresh snapshot.`,
  )
}
