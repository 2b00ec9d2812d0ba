import { isDeepStrictEqual } from 'node:util'
import type { AnyInstanceClass, Instance } from '@banyan/datamodel'
import type { Witness } from '../oracle/expect-converged.ts'
import { TestingError } from '../testing-error.ts'
import { createSight, type IsEnrolled, type Sight, serverOnly } from './sight.ts'

/**
 * Throws 'diverged' when a replica holds what the rules of containers, instances and properties hide from its player,
 * or lacks what they show. Told by the rules alone: what is wrong in what replication and its oracle share is seen here.
 */
export function expectNoSecrets({ name, playerId, game, snapshot }: Witness, isEnrolled: IsEnrolled): void {
  if (snapshot === null) return
  const sight = createSight({ snapshot, playerId, isEnrolled })
  for (const known of game.getDescendants()) {
    // Every DataModel makes all services; a replica's own are empty.
    if (serverOnly.has(known.className)) continue
    const why = sight.hiddenBy(known.id)
    if (why !== null) fail(`has "${known.getFullName()}", which lies in ${why} and is not theirs to see`)
    const property = secretProperty(known, sight)
    if (property !== null)
      fail(`has "${known.getFullName()}" with its ${property}, which is not theirs to see`)
  }
  for (const id of sight.ids) {
    if (game.getInstanceById(id) !== null) continue
    fail(`lacks "${snapshot.records.get(id)?.name}" (${id}), which nothing hides`)
  }

  function fail(problem: string): never {
    throw new TestingError('diverged', `"${name}" ${problem}`)
  }
}

/** A property that holds something although its player may not see it. */
function secretProperty(known: Instance, sight: Sight): string | null {
  for (const { name, type } of (known.constructor as AnyInstanceClass).schema.properties) {
    if (type.visibleTo === 'everyone' || (type.visibleTo === 'owner' && sight.isOwner(known.id))) continue
    if (!isDeepStrictEqual(Reflect.get(known, name), type.defaultValue)) return name
  }
  return null
}
