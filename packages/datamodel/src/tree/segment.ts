import type { Operation, OperationCause } from './operation.ts'
import { operationsOfRun, type SetRun } from './set-run.ts'

/** What one commit changed of what one audience sees. No two of its parts tell of the same property. */
export interface Segment {
  /** What was written to properties, edits of nested ones apart. */
  readonly runs: readonly SetRun[]
  /** All else. */
  readonly rest: readonly Operation[]
  /** Of the operations of `rest`, in their order. Never leaves the server. */
  readonly restCauses: readonly OperationCause[]
}

/** All of a segment as operations: for who tells of changes, or applies them, one by one. */
export function operationsOf({ rest, runs }: Pick<Segment, 'rest' | 'runs'>): readonly Operation[] {
  return [...runs.flatMap(operationsOfRun), ...rest]
}

/** The causes of these operations, in their order. */
export function causesOf({ restCauses, runs }: Segment): readonly OperationCause[] {
  return [...runs.flatMap(({ causes }) => causes), ...restCauses]
}
