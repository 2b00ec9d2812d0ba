import type { DataModel, TreeSnapshot } from '@banyan/datamodel'

/** The last states of a place's tree, so that a replica that is a little behind is compared with what it should have. */
export interface SnapshotHistory {
  /** Keeps the tree's present snapshot, if it is a new one. */
  note(): void
  /** The state after a patch; null when it was never kept, or long ago. */
  at(seq: number): TreeSnapshot | null
}

/** Snapshots share what did not change, so many cost little. */
const keptCount = 512

export function createSnapshotHistory(game: () => DataModel): SnapshotHistory {
  const kept = new Map<number, TreeSnapshot>()
  let of: DataModel | null = null
  return {
    note() {
      const current = game()
      // Another run of the place counts from the beginning.
      if (of !== current) kept.clear()
      of = current
      const { snapshot } = current
      kept.set(snapshot.seq, snapshot)
      const [oldest] = kept.keys()
      if (kept.size > keptCount && oldest !== undefined) kept.delete(oldest)
    },
    at(seq) {
      if (of === null || seq > of.snapshot.seq) return null
      // A commit that told nobody anything was not noted, and shows what the one before it does.
      return kept.get(seq) ?? [...kept.entries()].findLast(([known]) => known < seq)?.[1] ?? null
    },
  }
}
