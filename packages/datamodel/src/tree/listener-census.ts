import { nodeOf } from '../instance/node.ts'
import type { DataModel } from './data-model.ts'
import { treeOf } from './tree.ts'

/**
 * Who listens in a tree, by what is listened to, such as `Workspace.Ana.changed`: for tests that look for listeners
 * left behind. Costs a walk over the whole tree, which is cheap where nobody listens.
 */
export function listenerCensus(game: DataModel): ReadonlyMap<string, number> {
  const census = new Map<string, number>()
  const count = (listeners: number, source: () => string): void => {
    if (listeners === 0) return
    const name = source()
    census.set(name, (census.get(name) ?? 0) + listeners)
  }
  count(treeOf(game).structureObservers.size, () => 'the structure of the tree')
  for (const instance of [game, ...game.getDescendants()]) {
    const { observers, signals } = nodeOf(instance)
    count(observers?.size ?? 0, () => `the record of ${instance.getFullName()}`)
    for (const [key, { listenerCount }] of signals ?? []) {
      count(listenerCount, () => `${instance.getFullName()}.${key}`)
    }
  }
  return census
}
