import { type Audience, type InstanceRecord, Player, Team, type TreeSnapshot } from '@banyan/datamodel'

/** Who is in an audience at a snapshot, by a book that the tree has no part in. */
export type IsEnrolled = (audience: Audience, playerId: number, snapshot: TreeSnapshot) => boolean

/** What one player may see of a snapshot. */
export interface Sight {
  /** Of all that the player may see. */
  readonly ids: ReadonlySet<number>
  /** What hides an instance, in words; null for what is not hidden. */
  hiddenBy(id: number): string | null
  /** Whether the owner's properties of an instance are the player's. */
  isOwner(id: number): boolean
}

export interface SightOptions {
  readonly snapshot: TreeSnapshot
  readonly playerId: number
  readonly isEnrolled: IsEnrolled
}

/** These have no names in replicas but the empty services that every DataModel makes. */
export const serverOnly: ReadonlySet<string> = new Set(['ServerStorage', 'ServerScriptService'])
const ownerOnly: ReadonlySet<string> = new Set(['Backpack', 'PlayerGui'])

/**
 * Reads the rules from the bottom up, instance by instance: slow, and without anything that replication and `view`
 * share, so that it finds what is wrong in that.
 */
export function createSight({ snapshot, playerId, isEnrolled }: SightOptions): Sight {
  const { records } = snapshot
  const ids = new Set<number>()
  for (const [id] of records) if (hiddenBy(id) === null) ids.add(id)

  function hiddenBy(id: number): string | null {
    for (const record of lineOf(id)) {
      if (serverOnly.has(record.className)) return record.className
      if (!isShown(record)) return `what only others see, "${record.name}"`
      const above = record.parent
      const isOthers = above instanceof Player && above.id !== playerId
      if (isOthers && ownerOnly.has(record.className)) return `${above.name}'s ${record.className}`
    }
    return null
  }

  function isShown({ access: { visibleTo } }: InstanceRecord): boolean {
    if (visibleTo === 'everyone') return true
    if (visibleTo === 'nobody') return false
    if (visibleTo instanceof Player) return visibleTo.id === playerId
    if (!(visibleTo instanceof Team)) return isEnrolled(visibleTo, playerId, snapshot)
    return records.has(visibleTo.id) && records.get(playerId)?.properties['team'] === visibleTo
  }

  function isOwner(id: number): boolean {
    for (const { access, className, id: at } of lineOf(id)) {
      if (access.owner !== null) return access.owner.id === playerId
      if (className === 'Player') return at === playerId
    }
    return false
  }

  /** An instance and what it lies in, from the bottom up. */
  function* lineOf(id: number): Generator<InstanceRecord> {
    for (let record = records.get(id); record !== undefined; ) {
      yield record
      record = record.parent === null ? undefined : records.get(record.parent.id)
    }
  }

  return { ids, hiddenBy, isOwner }
}
