import { stepCountOf, type TreeDefinition } from '@banyan/datamodel'
import { type ColumnTarget, planColumn, planSteps } from '../columns/column-writer.ts'
import { writePresence } from '../columns/presence.ts'
import { expectType, type Run } from './run.ts'

/** Where the properties of a run go. */
export interface PropertyTarget extends ColumnTarget {
  readonly definition: TreeDefinition
}

/** Writes the properties of a run, one column for each that any of its instances has. */
export function writeProperties(target: PropertyTarget, { kind, classNumber, columns }: Run): void {
  const { writer, definition } = target
  writer.varint(columns.length)
  let next = 0
  for (const { index, values, before, present } of columns) {
    const type = expectType(definition, classNumber, index)
    const known = before !== null && stepCountOf(type) > 0 ? before : null
    const plan =
      kind === 'shift'
        ? planSteps(type, values as readonly (readonly number[])[])
        : planColumn(type, { values, before: known })
    writer.varint((index - next) * 16 + plan.form * 2 + (present === null ? 0 : 1))
    next = index + 1
    if (present !== null) writePresence(writer, present)
    plan.write(target)
  }
}
