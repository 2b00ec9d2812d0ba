import { type Instance, type InstanceRecord, Player, Team, type TreeSnapshot } from '@banyan/datamodel'
import type { Witness } from '../oracle/expect-converged.ts'
import { TestingError } from '../testing-error.ts'

const serverOnly: ReadonlySet<string> = new Set(['ServerStorage', 'ServerScriptService'])
const ownerOnly: ReadonlySet<string> = new Set(['Backpack', 'PlayerGui'])

/**
 * Throws 'diverged' when a replica holds what lies in a container of the server's or of another player, or in what is
 * visible to nobody, another player or another team. Told by the names of the containers and the rules alone: whatever
 * is wrong in what replication and its oracle share is seen here.
 */
export function expectNoSecrets({ name, playerId, game, snapshot }: Witness): void {
  if (snapshot === null) return
  for (const known of game.getDescendants()) {
    // Every DataModel makes all services; a replica's own are empty.
    if (serverOnly.has(known.className)) continue
    const container = hidingContainer(snapshot, { id: known.id, playerId })
    if (container === null) continue
    throw new TestingError(
      'diverged',
      `"${name}" has "${known.getFullName()}", which lies in ${container} and is not theirs to see`,
    )
  }
}

interface Sight {
  readonly id: number
  readonly playerId: number
}

/** The container that hides an instance from a player, or null. */
function hidingContainer(snapshot: TreeSnapshot, { id, playerId }: Sight): string | null {
  for (
    let record = snapshot.records.get(id);
    record !== undefined;
    record = recordOf(snapshot, record.parent)
  ) {
    if (serverOnly.has(record.className)) return record.className
    if (isHiddenByRule(snapshot, record, playerId)) return `what only others see, "${record.name}"`
    const owner = record.parent
    const isOthers = owner instanceof Player && owner.id !== playerId
    if (isOthers && ownerOnly.has(record.className)) return `${owner.name}'s ${record.className}`
  }
  return null
}

function recordOf(snapshot: TreeSnapshot, instance: Instance | null) {
  return instance === null ? undefined : snapshot.records.get(instance.id)
}

function isHiddenByRule(
  snapshot: TreeSnapshot,
  { access: { visibleTo } }: InstanceRecord,
  playerId: number,
): boolean {
  if (visibleTo === 'nobody') return true
  if (visibleTo instanceof Player) return visibleTo.id !== playerId
  return visibleTo instanceof Team && snapshot.records.get(playerId)?.properties['team'] !== visibleTo
}
