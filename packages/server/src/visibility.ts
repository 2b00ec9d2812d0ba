import {
  type AnyInstanceClass,
  type Domain,
  domainsOf,
  everyone,
  type Instance,
  nobody,
  rootId,
  type TreeSnapshot,
} from '@banyan/datamodel'

type ParentOf = (instance: Instance) => Instance | null

/** Whether a player's replica of this snapshot holds the instance. Costs the instance's depth. */
export function isVisibleAt(snapshot: TreeSnapshot, instance: Instance, playerId: number): boolean {
  const parentOf: ParentOf = ({ id }) => snapshot.records.get(id)?.parent ?? null
  return snapshot.records.has(instance.id) && isVisible(instance, playerId, parentOf)
}

/** Whether a player's replica would hold the instance if the tree were committed now. */
export function isVisibleNow(instance: Instance, playerId: number): boolean {
  return isVisible(instance, playerId, ({ parent }) => parent)
}

function isVisible(instance: Instance, playerId: number, parentOf: ParentOf): boolean {
  const path = [instance]
  for (let above = parentOf(instance); above !== null; above = parentOf(above)) path.unshift(above)
  return path[0]?.id === rootId && domainsOf(playerId).includes(domainBelow(path))
}

/** The domain at the end of a path from the root: audiences only narrow. */
function domainBelow(path: readonly Instance[]): Domain {
  let domain = everyone
  let ownerId: number | null = null
  for (const instance of path) {
    const { audience } = (instance.constructor as AnyInstanceClass).schema
    if (audience === 'nobody') return nobody
    if (audience === 'owner') {
      if (ownerId === null || (domain !== everyone && domain !== ownerId)) return nobody
      domain = ownerId
    }
    if (instance.className === 'Player') ownerId = instance.id
  }
  return domain
}
