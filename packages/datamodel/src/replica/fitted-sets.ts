import { DataModelError } from '../errors.ts'
import type { Node } from '../instance/node.ts'
import { stepCountOf } from '../properties/shifted-value.ts'
import type { PropertySchema } from '../schema/class-schema.ts'
import { shiftAt, type ToldColumn, type ToldSets } from '../tree/told-run.ts'
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

/** Writes row by row, since an instance is far from the next one and its properties lie side by side. */
export function writeSets({ nodes, columns }: FittedSets): void {
  for (let row = 0; row < nodes.length; row++) {
    const node = nodes[row]
    if (node === undefined) continue
    for (const { property, column } of columns) {
      if (column.kind === 'values') {
        const value = column.values[row]
        if (value !== undefined) receiveProperty(node, property, value)
      } else {
        const entry = shiftAt(column, row)
        if (entry !== null) receiveShift(node, property, entry)
      }
    }
  }
}

function misfit(what: string, classNumber: number): DataModelError {
  return new DataModelError(
    'notFound',
    `cannot apply a patch to ${what} of class number ${classNumber}: the replica does not have it. Ask for a fresh snapshot.`,
  )
}
