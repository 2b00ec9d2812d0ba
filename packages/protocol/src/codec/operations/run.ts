import type { Operation, PropertyType, TreeDefinition } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import { operationTag } from './operation-tag.ts'

/** Tells the class number of the instance that a `set` names. */
export type ClassNumberOf = (id: number) => number

/** One property of the instances of a run. */
export interface RunColumn {
  readonly index: number
  /** Of those that have it, what the column tells: new values, or steps. */
  readonly values: readonly unknown[]
  /** What all readers have in place of each value; null where that is not known of every one. */
  readonly before: readonly unknown[] | null
  /** Which instances have it; null for all. */
  readonly present: readonly boolean[] | null
}

/** Changes that share what a run tells once. */
export interface Run {
  readonly kind: Operation['kind']
  /** Of those that have properties; 0 else. */
  readonly classNumber: number
  readonly ids: readonly number[]
  /** Where more is told than ids and columns. */
  readonly operations: readonly Operation[]
  /** By growing index. */
  readonly columns: readonly RunColumn[]
}

/** Any entry of an operation with properties. */
type Entry = readonly [index: number, ...rest: unknown[]]

/** Operations of a kind and class. */
interface Group {
  readonly kind: Operation['kind']
  readonly classNumber: number
  readonly operations: readonly Operation[]
}

/** What a run of its own costs, in bytes, beside its columns; by rule of thumb. */
const runCost = 8

/** Whether runs of so many columns each are shorter apart than as one of so many rows that has gaps. */
export function areShorterApart(
  apart: readonly number[],
  together: { readonly columns: number; readonly rows: number },
): boolean {
  const cost = apart.reduce((sum, columns) => sum + runCost + columns * 2, 0)
  return cost < runCost + together.columns * (2 + together.rows / 8)
}

/**
 * Brings operations of a kind and class together, in the order in which the kinds come first, whose operations stay in
 * theirs. Those with other properties than their neighbors share a run with gaps, or get one of their own, as is shorter.
 */
export function runsOf(operations: readonly Operation[], classNumberOf: ClassNumberOf): readonly Run[] {
  const [first] = operations
  if (first === undefined) return []
  // Mostly all are alike, which one look at each tells.
  const key = groupKey(first, classNumberOf)
  const entries = entriesOf(first)
  for (const operation of operations) {
    if (groupKey(operation, classNumberOf) === key && hasSameIndexes(entries, entriesOf(operation))) continue
    return [...groupsOf(operations, classNumberOf)].flatMap(([key, list]) => splitGroup(classOf(key), list))
  }
  return [evenRun({ kind: first.kind, classNumber: classOf(key), operations })]
}

function groupsOf(
  operations: readonly Operation[],
  classNumberOf: ClassNumberOf,
): ReadonlyMap<number, readonly Operation[]> {
  const groups = new Map<number, Operation[]>()
  let last = -1
  let group: Operation[] = []
  for (const operation of operations) {
    const key = groupKey(operation, classNumberOf)
    if (key !== last) {
      last = key
      group = groups.get(key) ?? []
      groups.set(key, group)
    }
    group.push(operation)
  }
  return groups
}

function classOf(key: number): number {
  return Math.floor(key / kindCount)
}

const kindCount = 16
/** Sets and shifts of a class are told in runs of their own. */
const shiftKey = 15

function groupKey(operation: Operation, classNumberOf: ClassNumberOf): number {
  const { kind } = operation
  if (kind === 'set') return classNumberOf(operation.id) * kindCount + operationTag.set
  if (kind === 'shift') return operation.classNumber * kindCount + shiftKey
  if (kind === 'create') return operation.classNumber * kindCount + operationTag.create
  return operationTag[kind]
}

function splitGroup(classNumber: number, operations: readonly Operation[]): readonly Run[] {
  const [first] = operations
  if (first === undefined) return []
  const { kind } = first
  if (isEven(entriesOf(first), operations)) return [evenRun({ kind, classNumber, operations })]
  const bySignature = new Map<string, Operation[]>()
  for (const operation of operations) {
    const signature = entriesOf(operation)
      .map(([index]) => index)
      .join()
    const list = bySignature.get(signature)
    if (list === undefined) bySignature.set(signature, [operation])
    else list.push(operation)
  }
  const lists = [...bySignature.values()]
  const indexes = indexesOf(lists.flatMap((list) => list.slice(0, 1)))
  const widths = lists.map(([one]) => (one === undefined ? 0 : entriesOf(one).length))
  return areShorterApart(widths, { columns: indexes.length, rows: operations.length })
    ? lists.map((list) => evenRun({ kind, classNumber, operations: list }))
    : [runWithGaps({ kind, classNumber, operations }, indexes)]
}

/** A run whose operations all have the same properties in the same places. */
function evenRun(group: Group): Run {
  const { operations } = group
  const [first] = operations
  const indexes = first === undefined ? [] : indexesOf([first])
  const columns = indexes.map((index) => ({ index, values: [] as unknown[], before: null, present: null }))
  const order = first === undefined ? [] : entriesOf(first).map(([index]) => columns[indexes.indexOf(index)])
  // In one pass: operations lie far apart in memory where they are many.
  for (const operation of operations) {
    const entries = entriesOf(operation)
    for (let at = 0; at < order.length; at++) order[at]?.values.push(partOf(operation, entries[at]))
  }
  return { ...group, ids: idsOf(operations), columns }
}

function runWithGaps(group: Group, indexes: readonly number[]): Run {
  const { operations } = group
  const columns = indexes.map((index) => {
    const entries = operations.map((operation) => entriesOf(operation).find(([at]) => at === index))
    const rows = operations.filter((_, row) => entries[row] !== undefined)
    const told = entries.filter((entry) => entry !== undefined)
    const values = rows.map((operation, row) => partOf(operation, told[row]))
    return { index, values, before: null, present: entries.map((entry) => entry !== undefined) }
  })
  return { ...group, ids: idsOf(operations), columns }
}

function idsOf(operations: readonly Operation[]): readonly number[] {
  return operations.map(({ id }) => id)
}

/** What a column tells of an entry: the value, or the steps. */
function partOf({ kind }: Operation, entry: Entry | undefined): unknown {
  return kind === 'shift' ? entry?.slice(1) : entry?.[1]
}

function isEven(entries: readonly Entry[], operations: readonly Operation[]): boolean {
  for (const operation of operations) if (!hasSameIndexes(entries, entriesOf(operation))) return false
  return true
}

/** The properties of an operation; none of those that have none. */
function entriesOf(operation: Operation): readonly Entry[] {
  const { kind } = operation
  return kind === 'set' || kind === 'shift' || kind === 'create' ? operation.properties : nothing
}

const nothing: readonly Entry[] = []

function indexesOf(operations: readonly Operation[]): readonly number[] {
  const indexes: number[] = []
  for (const operation of operations) {
    for (const [index] of entriesOf(operation)) if (!indexes.includes(index)) indexes.push(index)
  }
  return indexes.length < 2 ? indexes : indexes.sort((one, other) => one - other)
}

function hasSameIndexes(left: readonly Entry[], right: readonly Entry[]): boolean {
  if (left.length !== right.length) return false
  for (let at = 0; at < left.length; at++) if (left[at]?.[0] !== right[at]?.[0]) return false
  return true
}

/** The type of a property; throws 'unencodable' where the class has none. */
export function expectType(
  { classes }: TreeDefinition,
  classNumber: number,
  index: number,
): PropertyType<unknown> {
  const type = classes[classNumber]?.schema.properties[index]?.type
  if (type !== undefined) return type
  throw new ProtocolError(
    'unencodable',
    `cannot encode property ${index} of class ${classNumber}: the definition has none. Encode operations with the definition that they were made with.`,
  )
}
