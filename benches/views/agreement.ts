import { findDifference } from '../world/agreement.ts'
import type { Entity } from '../world/entity.ts'
import { indexOf } from './frames.ts'
import { type GridWork, indexesIn } from './grid.ts'

/** What a viewer of these cells should have: no less, and nothing besides. */
export interface ExpectedView {
  readonly viewer: number
  readonly cells: readonly number[]
}

/** Null when a viewer's copy is what it may see of the server's state, else the first difference in words. */
export function findViewDifference(
  found: readonly Entity[],
  {
    viewer,
    cells,
    state,
    work,
  }: ExpectedView & { readonly state: readonly Entity[]; readonly work: GridWork },
): string | null {
  const byIndex = (a: Entity, b: Entity): number => indexOf(a) - indexOf(b)
  const expected = cells.flatMap((cell) => indexesIn(cell, work)).flatMap((index) => state[index] ?? [])
  const difference = findDifference(expected.toSorted(byIndex), found.toSorted(byIndex))
  return difference === null ? null : `viewer ${viewer}: ${difference}`
}
