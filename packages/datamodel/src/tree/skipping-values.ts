import type { DataModel } from './data-model.ts'
import type { Domain } from './domain.ts'
import type { PropertyEntry, SetOperation } from './operation.ts'
import type { Segment } from './segment.ts'
import type { SetColumn, SetRun } from './set-run.ts'
import { treeOf } from './tree.ts'

/** One segment, by whether a reader may go without a part for a while. */
export interface SeparatedSegment {
  readonly kept: Pick<Segment, 'rest' | 'runs'>
  /** Their readers may lack what was there before. */
  readonly skipping: readonly SetRun[]
}

/** Takes writes of properties that may skip apart from all else. */
export function separateSkipping(segment: Segment): SeparatedSegment {
  const kept: SetRun[] = []
  const skipping: SetRun[] = []
  for (const run of segment.runs) {
    const { columns, schema } = run
    const maySkip = ({ index }: SetColumn): boolean => schema.properties[index]?.type.maySkip === true
    const those = columns.filter(maySkip)
    if (those.length < columns.length)
      kept.push({ ...run, columns: columns.filter((column) => !maySkip(column)) })
    if (those.length > 0) {
      skipping.push({ ...run, columns: those.map((column) => ({ ...column, before: null })) })
    }
  }
  return { kept: { rest: segment.rest, runs: kept }, skipping }
}

/**
 * What these properties hold since the last commit, as one `set` for each instance, by growing id, for those who see the
 * domain. What has left it, or the tree, is passed over. Null while something has left the tree since the commit.
 */
export function describeValues(
  game: DataModel,
  domain: Domain,
  wanted: Iterable<readonly [id: number, indexes: Iterable<number>]>,
): readonly SetOperation[] | null {
  const { nodes, records } = treeOf(game)
  const operations: SetOperation[] = []
  for (const [id, indexes] of wanted) {
    const node = nodes.get(id)
    if (node === undefined && records.has(id)) return null
    const record = node?.record ?? null
    if (node === undefined || record === null || node.committedDomain !== domain) continue
    const properties: PropertyEntry[] = []
    for (const index of indexes) {
      if (index < record.values.length) properties.push([index, record.values[index]])
    }
    properties.sort(([one], [other]) => one - other)
    operations.push({ kind: 'set', id, properties })
  }
  return operations.sort((one, other) => one.id - other.id)
}
