import type { Create } from '@banyan/datamodel'

/** Names the instances of a view by their paths, `Workspace.Racers.ana`; the root is called `game`. */
export function createPathNames(creates: readonly Create[]): (id: number) => string {
  const byId = new Map(creates.map((create) => [create.id, create]))
  return (id) => {
    const names: string[] = []
    for (let at = byId.get(id); at !== undefined && at.parent !== 0; at = byId.get(at.parent)) {
      names.unshift(at.name)
    }
    return names.length === 0 ? 'game' : names.join('.')
  }
}
