import { type Operation, type PropertyType, stepCountOf, type TreeDefinition } from '@banyan/datamodel'
import { type ColumnTarget, type ColumnValues, planColumn, planSteps } from '../columns/column-writer.ts'
import { writePresence } from '../columns/presence.ts'
import { type Entry, entriesOf, expectType, type Run } from './run.ts'

/**
 * For a property of a class, what everyone who gets a segment has in its place at an instance: undefined where that is not
 * known, null instead of the answers where it is never.
 */
export type LookBefore = (classNumber: number, property: number) => ((id: number) => unknown) | null

/** Where the properties of a run go, and what is known of its readers. */
export interface PropertyTarget extends ColumnTarget {
  readonly definition: TreeDefinition
  readonly lookBefore: LookBefore
}

/** Writes the properties of a run, one column for each that any of its operations has. */
export function writeProperties(target: PropertyTarget, run: Run): void {
  const { writer, definition } = target
  const { classNumber, operations, indexes } = run
  writer.varint(indexes.length)
  let next = 0
  for (const index of indexes) {
    const type = expectType(definition, classNumber, index)
    const present = run.isEven ? null : operations.map((operation) => has(operation, index))
    const rows = present === null ? operations : operations.filter((_, row) => present[row] === true)
    const column = { type, index, rows, isEven: run.isEven }
    const plan =
      run.kind === 'shift'
        ? planSteps(type, stepsOf(column))
        : planColumn(type, valuesOf(target, classNumber, column))
    writer.varint((index - next) * 16 + plan.form * 2 + (present === null ? 0 : 1))
    next = index + 1
    if (present !== null) writePresence(writer, present)
    plan.write(target)
  }
}

function has(operation: Operation, index: number): boolean {
  return entriesOf(operation).some(([at]) => at === index)
}

interface Rows {
  readonly type: PropertyType<unknown>
  readonly index: number
  readonly rows: readonly Operation[]
  readonly isEven: boolean
}

/** The entry of each row. */
function entriesAt({ index, rows, isEven }: Rows): readonly (Entry | undefined)[] {
  const [first] = rows
  const place = isEven && first !== undefined ? entriesOf(first).findIndex(([at]) => at === index) : -1
  const found: (Entry | undefined)[] = []
  for (const operation of rows) {
    const entries = entriesOf(operation)
    found.push(place >= 0 ? entries[place] : entries.find(([at]) => at === index))
  }
  return found
}

function stepsOf(column: Rows): readonly (readonly unknown[])[] {
  return entriesAt(column).map((entry) => entry?.slice(1) ?? [])
}

function valuesOf({ lookBefore }: PropertyTarget, classNumber: number, column: Rows): ColumnValues {
  const { type, index, rows } = column
  const values = entriesAt(column).map((entry) => entry?.[1])
  const look = rows[0]?.kind === 'set' && stepCountOf(type) > 0 ? lookBefore(classNumber, index) : null
  if (look === null) return { values, before: null }
  const before: unknown[] = []
  for (const { id } of rows) {
    const value = look(id)
    if (value === undefined) return { values, before: null }
    before.push(value)
  }
  return { values, before }
}
