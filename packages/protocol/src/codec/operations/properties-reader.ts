import type { PropertyEntry, TreeDefinition } from '@banyan/datamodel'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type ColumnSource, readColumn } from '../columns/column-reader.ts'
import { readPresence } from '../columns/presence.ts'

/** Where the properties of a run come from. */
export interface PropertySource extends ColumnSource {
  readonly definition: TreeDefinition
}

/** The properties of the rows of a run. */
export interface PropertyRows {
  /** To be asked for each row once, in their order. */
  entries(row: number): readonly PropertyEntry[]
}

interface Column {
  readonly index: number
  /** Which rows have the property; null where all do. */
  readonly present: readonly boolean[] | null
  readonly values: readonly unknown[]
  /** Which value is the next row's. */
  at: number
}

/** Reads the properties of so many rows, which the caller has checked; where it has none they are still as many. */
export function readProperties(source: PropertySource, classNumber: number, count: number): PropertyRows {
  const { reader, definition } = source
  const properties = definition.classes[classNumber]?.schema.properties
  if (properties === undefined) throw new DecodeFault(`there is no class ${classNumber}`)
  const columns: Column[] = []
  let next = 0
  for (let left = reader.count(); left > 0; left--) {
    const head = reader.varint()
    const index = next + Math.floor(head / 16)
    const property = properties[index]
    if (property === undefined) throw new DecodeFault(`class ${classNumber} has no property ${index}`)
    next = index + 1
    const present = head % 2 === 0 ? null : readPresence(reader, count)
    const held = present === null ? count : present.reduce((sum, has) => sum + (has ? 1 : 0), 0)
    const column = readColumn(source, property.type, { form: (head >> 1) & 7, count: held })
    if (column.kind === 'values') columns.push({ index, present, values: column.values, at: 0 })
    else throw new DecodeFault('steps are not spoken yet')
  }
  return {
    entries(row) {
      const entries: PropertyEntry[] = []
      for (const column of columns) {
        if (column.present !== null && column.present[row] !== true) continue
        entries.push([column.index, column.values[column.at]])
        column.at += 1
      }
      return entries
    },
  }
}
