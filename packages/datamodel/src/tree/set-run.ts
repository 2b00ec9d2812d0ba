import type { ClassSchema } from '../schema/class-schema.ts'
import type { OperationCause, SetOperation } from './operation.ts'

/** What was written to one property of the instances of a run, in their order. */
export interface SetColumn {
  readonly index: number
  /** As operations tell values. */
  readonly values: readonly unknown[]
  /** What all who get them were told in place of each; null where that is of no use, or not known. */
  readonly before: readonly unknown[] | null
}

/**
 * What one commit wrote to the same properties of instances of one class, side by side: a commit of many changes makes a few
 * lists, and no object for each.
 */
export interface SetRun {
  readonly schema: ClassSchema
  /** Ascending, but where an instance came back to the tree. */
  readonly ids: readonly number[]
  /** By growing index. */
  readonly columns: readonly SetColumn[]
  /** For each instance. Never leaves the server. */
  readonly causes: readonly OperationCause[]
}

/** The run as operations, one for each instance. */
export function operationsOfRun({ ids, columns }: Pick<SetRun, 'ids' | 'columns'>): readonly SetOperation[] {
  return ids.map((id, row) => ({
    kind: 'set',
    id,
    properties: columns.map(({ index, values }) => [index, values[row]]),
  }))
}
