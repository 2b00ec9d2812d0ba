import { causedOperations, type DataModel, type Operation, type Patch } from '@banyan/datamodel'
import { describeCause } from '../src/causes/describe-cause.ts'
import type { Place } from '../src/place/place.ts'

/** What changed in a place, and why, in words: `set Coins: remote "buy" by Ana at 1000000 ms`. */
export interface CauseRecord {
  readonly patches: readonly Patch[]
  /** To be given to the place. */
  readonly onCommit: (patch: Patch) => void
  /** What was committed since the last call. */
  take(place: Place): readonly string[]
}

export function createCauseRecord(): CauseRecord {
  const patches: Patch[] = []
  let taken = 0
  return {
    patches,
    onCommit: (patch) => void patches.push(patch),
    take(place) {
      const fresh = patches.slice(taken).flatMap((patch) => [...causedOperations(patch)])
      taken = patches.length
      return fresh.map(
        ({ operation, cause }) =>
          `${operation.kind} ${nameOf(place.game, operation)}: ${describeCause(place.causes.of(cause))}`,
      )
    },
  }
}

function nameOf(game: DataModel, operation: Operation): string {
  return game.getInstanceById(operation.id)?.name ?? 'gone'
}
