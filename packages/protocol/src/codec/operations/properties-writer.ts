import { type Operation, type PropertyType, stepCountOf, type TreeDefinition } from '@banyan/datamodel'
import { type ColumnTarget, planColumn, planSteps } from '../columns/column-writer.ts'
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
  const columns = run.isEven ? evenColumns(run) : null
  let next = 0
  for (const [at, index] of indexes.entries()) {
    const type = expectType(definition, classNumber, index)
    const present = columns === null ? operations.map((operation) => has(operation, index)) : null
    const rows = present === null ? operations : operations.filter((_, row) => present[row] === true)
    const values = columns?.[at] ?? rows.map((operation) => partOf(operation, entryOf(operation, index)))
    const plan =
      run.kind === 'shift'
        ? planSteps(type, values as readonly (readonly number[])[])
        : planColumn(type, { values, before: beforeOf(target, { run, type, index, rows }) })
    writer.varint((index - next) * 16 + plan.form * 2 + (present === null ? 0 : 1))
    next = index + 1
    if (present !== null) writePresence(writer, present)
    plan.write(target)
  }
}

/** The values of all columns in one pass: operations lie far apart in memory where they are many. */
function evenColumns({ operations, indexes }: Run): unknown[][] {
  const columns: unknown[][] = indexes.map(() => [])
  const [first] = operations
  if (first === undefined) return columns
  const order = entriesOf(first).map(([index]) => columns[indexes.indexOf(index)])
  for (const operation of operations) {
    const entries = entriesOf(operation)
    for (let at = 0; at < order.length; at++) order[at]?.push(partOf(operation, entries[at]))
  }
  return columns
}

/** What a column tells of an entry: the value, or the steps. */
function partOf({ kind }: Operation, entry: Entry | undefined): unknown {
  return kind === 'shift' ? entry?.slice(1) : entry?.[1]
}

function entryOf(operation: Operation, index: number): Entry | undefined {
  return entriesOf(operation).find(([at]) => at === index)
}

function has(operation: Operation, index: number): boolean {
  return entryOf(operation, index) !== undefined
}

interface ColumnRows {
  readonly run: Run
  readonly type: PropertyType<unknown>
  readonly index: number
  readonly rows: readonly Operation[]
}

function beforeOf(
  { lookBefore }: PropertyTarget,
  { run, type, index, rows }: ColumnRows,
): readonly unknown[] | null {
  const look = run.kind === 'set' && stepCountOf(type) > 0 ? lookBefore(run.classNumber, index) : null
  if (look === null) return null
  const before: unknown[] = []
  for (const { id } of rows) {
    const value = look(id)
    if (value === undefined) return null
    before.push(value)
  }
  return before
}
