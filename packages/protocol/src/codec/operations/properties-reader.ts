import type { PropertyEntry, ShiftEntry, TreeDefinition } from '@banyan/datamodel'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type ColumnSource, type ReadColumn, readColumn } from '../columns/column-reader.ts'
import { readPresence } from '../columns/presence.ts'

/** Where the properties of a run come from. */
export interface PropertySource extends ColumnSource {
  readonly definition: TreeDefinition
}

/** The properties of one row of a run. */
export interface RowProperties {
  entries: readonly PropertyEntry[]
  /** What is told in steps. */
  shifts: readonly ShiftEntry[]
}

interface Column {
  readonly index: number
  /** Which rows have the property; null where all do. */
  readonly present: readonly boolean[] | null
  readonly read: ReadColumn
  /** Which value is the next row's. */
  at: number
}

const noShifts: readonly ShiftEntry[] = []

/**
 * Reads the properties of so many rows, which the caller has checked; returns what to ask for each row, in their order. The
 * answer is good until the next one.
 */
export function readProperties(
  source: PropertySource,
  classNumber: number,
  count: number,
): () => Readonly<RowProperties> {
  const columns = readColumns(source, classNumber, count)
  const hasSteps = columns.some(({ read }) => read.kind === 'steps')
  const answer: RowProperties = { entries: [], shifts: noShifts }
  let row = -1
  return () => {
    row += 1
    const entries: PropertyEntry[] = []
    for (const column of columns) {
      const { index, present, read } = column
      if (read.kind === 'steps' || (present !== null && present[row] !== true)) continue
      entries.push([index, read.values[column.at]])
      column.at += 1
    }
    answer.entries = entries
    if (hasSteps) answer.shifts = shiftsOf(columns, row)
    return answer
  }
}

function shiftsOf(columns: readonly Column[], row: number): readonly ShiftEntry[] {
  const shifts: ShiftEntry[] = []
  for (const column of columns) {
    const { index, present, read } = column
    if (read.kind === 'values' || (present !== null && present[row] !== true)) continue
    shifts.push(shiftAt(column.at, index, read.parts))
    column.at += 1
  }
  return shifts
}

function shiftAt(at: number, index: number, parts: readonly (readonly number[])[]): ShiftEntry {
  const [x, y, z] = parts
  if (y === undefined) return [index, x?.[at] ?? 0]
  if (parts.length === 3) return [index, x?.[at] ?? 0, y[at] ?? 0, z?.[at] ?? 0]
  return [index, ...parts.map((part) => part[at] ?? 0)]
}

function readColumns(source: PropertySource, classNumber: number, count: number): readonly Column[] {
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
    const read = readColumn(source, property.type, { form: (head >> 1) & 7, count: held })
    columns.push({ index, present, read, at: 0 })
  }
  return columns
}
