import type { AttributeValue } from '../naming/attribute.ts'
import type { Create, Operation, PropertyEntry, ShiftEntry } from './operation.ts'

/** How far values of one property move: a list for each of its numbers, with a row for each value; undefined where that stays. */
export type ShiftParts = readonly (readonly (number | undefined)[])[]

/** One property of the instances of a run, by its index in the class; a value for each row, undefined where a row has none. */
export type ToldColumn =
  | { readonly kind: 'values'; readonly index: number; readonly values: readonly unknown[] }
  | {
      readonly kind: 'steps'
      readonly index: number
      readonly parts: ShiftParts
    }

/** What changes in instances of one class. */
export interface ToldSets {
  readonly kind: 'sets'
  readonly classNumber: number
  readonly ids: readonly number[]
  readonly columns: readonly ToldColumn[]
}

/** Instances of one class, whole. */
export interface ToldCreates {
  readonly kind: 'creates'
  readonly classNumber: number
  readonly ids: readonly number[]
  readonly parents: readonly number[]
  readonly orders: readonly number[]
  readonly names: readonly string[]
  /** All of them hold values. */
  readonly columns: readonly ToldColumn[]
  /** Null where all are without. */
  readonly attributes: readonly Readonly<Record<string, AttributeValue>>[] | null
  /** Null where all are without. */
  readonly tags: readonly (readonly string[])[] | null
}

/** Operations as the wire tells them: in columns, what many have alike; and else one by one. */
export type ToldRun =
  | ToldSets
  | ToldCreates
  | { readonly kind: 'operations'; readonly operations: readonly Operation[] }

/** The operations of runs one by one: creations first, by their ids, then the others in their order. */
export function expandRuns(runs: readonly ToldRun[]): readonly Operation[] {
  const creates: Create[] = []
  const others: Operation[] = []
  let createRuns = 0
  for (const run of runs) {
    if (run.kind === 'operations') for (const operation of run.operations) others.push(operation)
    else if (run.kind === 'sets') for (let row = 0; row < run.ids.length; row++) addSets(run, row, others)
    else {
      createRuns += 1
      for (let row = 0; row < run.ids.length; row++) creates.push(createAt(run, row))
    }
  }
  // Of several classes, those who hear of them hear in the order in which they came to be.
  if (createRuns > 1) creates.sort((one, other) => one.id - other.id)
  return creates.length === 0 ? others : [...creates, ...others]
}

function addSets({ ids, classNumber, columns }: ToldSets, row: number, operations: Operation[]): void {
  const id = ids[row] ?? 0
  const shifts: ShiftEntry[] = []
  for (const column of columns) {
    const entry = shiftAt(column, row)
    if (entry !== null) shifts.push(entry)
  }
  const entries = entriesAt(columns, row)
  if (entries.length > 0 || shifts.length === 0) operations.push({ kind: 'set', id, properties: entries })
  if (shifts.length > 0) operations.push({ kind: 'shift', id, classNumber, properties: shifts })
}

/** One instance of a run. */
export function createAt(run: ToldCreates, row: number): Create {
  return {
    kind: 'create',
    id: run.ids[row] ?? 0,
    classNumber: run.classNumber,
    parent: run.parents[row] ?? 0,
    order: run.orders[row] ?? 0,
    name: run.names[row] ?? '',
    properties: entriesAt(run.columns, row),
    attributes: run.attributes?.[row] ?? {},
    tags: run.tags?.[row] ?? [],
  }
}

function entriesAt(columns: readonly ToldColumn[], row: number): readonly PropertyEntry[] {
  const entries: PropertyEntry[] = []
  for (const column of columns) {
    const value = column.kind === 'values' ? column.values[row] : undefined
    if (value !== undefined) entries.push([column.index, value])
  }
  return entries
}

/** How far a property of a row moves; null where the column does not tell that. */
export function shiftAt(column: ToldColumn, row: number): ShiftEntry | null {
  if (column.kind === 'values') return null
  const { index, parts } = column
  return parts[0]?.[row] === undefined ? null : [index, ...parts.map((part) => part[row] ?? 0)]
}

/** The other direction of `expandRuns`, for snapshots: each creation is a run. */
export function runsOf(operations: readonly Operation[]): readonly ToldRun[] {
  const rest = operations.filter(({ kind }) => kind !== 'create')
  const creates = operations.flatMap((operation) => (operation.kind === 'create' ? [runOf(operation)] : []))
  return rest.length === 0 ? creates : [...creates, { kind: 'operations', operations: rest }]
}

function runOf({ id, classNumber, parent, order, name, properties, attributes, tags }: Create): ToldCreates {
  return {
    kind: 'creates',
    classNumber,
    ids: [id],
    parents: [parent],
    orders: [order],
    names: [name],
    columns: properties.map(([index, value]) => ({ kind: 'values', index, values: [value] })),
    attributes: [attributes],
    tags: [tags],
  }
}
