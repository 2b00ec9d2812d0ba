import type { Operation, PropertyType, TreeDefinition } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import { operationTag } from './operation-tag.ts'

/** Tells the class number of the instance that a `set` names. */
export type ClassNumberOf = (id: number) => number

/** Operations that share what a run tells once. */
export interface Run {
  readonly kind: Operation['kind']
  /** Of those that have properties; 0 else. */
  readonly classNumber: number
  readonly operations: readonly Operation[]
  /** The properties that any of them has, ascending. */
  readonly indexes: readonly number[]
  /** Whether all have the same properties in the same places. */
  readonly isEven: boolean
}

/** Any entry of an operation with properties. */
export type Entry = readonly [index: number, ...rest: unknown[]]

/** What a run of its own costs, in bytes, beside its columns; by rule of thumb. */
const runCost = 8

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
  return [
    { kind: first.kind, classNumber: classOf(key), operations, indexes: indexesOf([first]), isEven: true },
  ]
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
  const entries = entriesOf(first)
  if (isEven(entries, operations)) {
    return [{ kind, classNumber, operations, indexes: indexesOf([first]), isEven: true }]
  }
  const bySignature = new Map<string, Operation[]>()
  for (const operation of operations) {
    const signature = entriesOf(operation)
      .map(([index]) => index)
      .join()
    const list = bySignature.get(signature)
    if (list === undefined) bySignature.set(signature, [operation])
    else list.push(operation)
  }
  const runs = [...bySignature.values()].map(
    (list): Run => ({
      kind,
      classNumber,
      operations: list,
      indexes: indexesOf(list.slice(0, 1)),
      isEven: true,
    }),
  )
  const indexes = indexesOf([...bySignature.values()].flatMap((list) => list.slice(0, 1)))
  const apart = runs.reduce((sum, run) => sum + runCost + run.indexes.length * 2, 0)
  const together = runCost + indexes.length * (2 + operations.length / 8)
  return apart < together ? runs : [{ kind, classNumber, operations, indexes, isEven: false }]
}

function isEven(entries: readonly Entry[], operations: readonly Operation[]): boolean {
  for (const operation of operations) if (!hasSameIndexes(entries, entriesOf(operation))) return false
  return true
}

/** The properties of an operation; none of those that have none. */
export function entriesOf(operation: Operation): readonly Entry[] {
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
