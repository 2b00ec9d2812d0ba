import { type DataModel, listenerCensus } from '@banyan/datamodel'

/** The listeners that a view put on a replica, told apart from those of the test itself by when they came. */
export interface ViewListeners {
  /** What comes and goes while this runs is the view's. Costs two walks over the tree. */
  track<Result>(run: () => Promise<Result>): Promise<Result>
  /** What the view listens to now. */
  left(): readonly string[]
}

export function createViewListeners(game: DataModel): ViewListeners {
  const counts = new Map<string, number>()
  return {
    async track(run) {
      const before = listenerCensus(game)
      const result = await run()
      const after = listenerCensus(game)
      for (const source of new Set([...before.keys(), ...after.keys()])) {
        const change = (after.get(source) ?? 0) - (before.get(source) ?? 0)
        counts.set(source, (counts.get(source) ?? 0) + change)
      }
      return result
    },
    left: () => [...counts].filter(([, count]) => count > 0).map(([source]) => source),
  }
}
