import type { ToldColumn, TreeDefinition } from '@banyan/datamodel'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type ColumnSource, readColumn } from '../columns/column-reader.ts'
import { readPresence } from '../columns/presence.ts'

/** Where the properties of a run come from. */
export interface PropertySource extends ColumnSource {
  readonly definition: TreeDefinition
}

/** Reads the properties of so many rows, which the caller has checked. */
export function readProperties(
  source: PropertySource,
  classNumber: number,
  count: number,
): readonly ToldColumn[] {
  const { reader, definition } = source
  const properties = definition.classes[classNumber]?.schema.properties
  if (properties === undefined) throw new DecodeFault(`there is no class ${classNumber}`)
  const columns: ToldColumn[] = []
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
    columns.push(
      read.kind === 'values'
        ? { kind: 'values', index, values: spread(read.values, present) }
        : { kind: 'steps', index, parts: read.parts.map((part) => spread(part, present)) },
    )
  }
  return columns
}

/** One for each row, undefined where that has none. */
function spread<Value>(
  values: readonly Value[],
  present: readonly boolean[] | null,
): readonly (Value | undefined)[] {
  if (present === null) return values
  let at = 0
  return present.map((has) => (has ? values[at++] : undefined))
}
