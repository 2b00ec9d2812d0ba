import type { Instance } from '../instance/instance.ts'
import { nodeOf } from '../instance/node.ts'
import { type Domain, domainsOf, everyone, narrowDomain, nobody } from './domain.ts'
import { rootId, type TreeSnapshot } from './tree-snapshot.ts'

/** The domain of an instance at a snapshot, found from its ancestors' records; `nobody` for what is not in it. */
export function domainAt(snapshot: TreeSnapshot, instance: Instance): Domain {
  const path: Instance[] = []
  for (let at: Instance | null = instance; at !== null; at = snapshot.records.get(at.id)?.parent ?? null) {
    path.push(at)
  }
  if (path.at(-1)?.id !== rootId) return nobody
  let domain = everyone
  let ownerId: number | null = null
  for (const handle of path.toReversed().slice(1)) {
    const { schema, id } = nodeOf(handle)
    domain = narrowDomain(domain, schema.audience, ownerId)
    if (schema.name === 'Player') ownerId = id
  }
  return domain
}

/** Whether a player's replica of this snapshot holds the instance. Costs the instance's depth. */
export function isVisibleAt(snapshot: TreeSnapshot, instance: Instance, playerId: number): boolean {
  return domainsOf(playerId).includes(domainAt(snapshot, instance))
}

/** Whether a player's replica would hold the instance if the tree were committed now. */
export function isVisibleNow(instance: Instance, playerId: number): boolean {
  const { isInTree, domain } = nodeOf(instance)
  return isInTree && domainsOf(playerId).includes(domain)
}
