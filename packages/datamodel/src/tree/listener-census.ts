import { nodeOf } from '../instance/node.ts'
import type { DataModel } from './data-model.ts'
import { treeOf } from './tree.ts'

/**
 * Who listens in a tree, by what is listened to, such as `Workspace.Ana.changed`: for tests that look for listeners
 * left behind. Costs a walk over the whole tree.
 */
export function listenerCensus(game: DataModel): ReadonlyMap<string, number> {
  const census = new Map<string, number>()
  const count = (source: string, listeners: number): void => {
    if (listeners > 0) census.set(source, (census.get(source) ?? 0) + listeners)
  }
  count('the structure of the tree', treeOf(game).structureObservers.size)
  for (const instance of [game, ...game.getDescendants()]) {
    const { observers, signals } = nodeOf(instance)
    const path = instance.getFullName()
    count(`the record of ${path}`, observers?.size ?? 0)
    for (const [key, { listenerCount }] of signals ?? []) count(`${path}.${key}`, listenerCount)
  }
  return census
}
