import { type DataModel, listenerCensus } from '@banyan/datamodel'

/** The listeners that views put on a replica, told apart from those of the test itself by when they came. */
export interface ViewListeners {
  /** What comes and goes while this runs is of the views; what runs inside of it counts once. Costs two walks over the tree. */
  track<Result>(run: () => Promise<Result>): Promise<Result>
  /** What the views listen to now. */
  left(): readonly string[]
}

export function createViewListeners(game: DataModel): ViewListeners {
  const counts = new Map<string, number>()
  let depth = 0
  let before: ReadonlyMap<string, number> = counts

  function settle(): void {
    const after = listenerCensus(game)
    for (const source of new Set([...before.keys(), ...after.keys()])) {
      const change = (after.get(source) ?? 0) - (before.get(source) ?? 0)
      counts.set(source, (counts.get(source) ?? 0) + change)
    }
  }

  return {
    async track(run) {
      if (depth === 0) before = listenerCensus(game)
      depth += 1
      try {
        return await run()
      } finally {
        depth -= 1
        if (depth === 0) settle()
      }
    },
    left: () => [...counts].filter(([, count]) => count > 0).map(([source]) => source),
  }
}
