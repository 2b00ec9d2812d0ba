import { type AudienceId, type Domain, everyone, meets } from './domain.ts'
import type { Operation, Patch } from './operation.ts'
import { operationsOf } from './segment.ts'

/** What one player gets of a patch: of some domains what changed, of others all there is, of others that it is gone. */
export interface PatchShare {
  readonly segments: readonly Domain[]
  readonly arrivals: readonly Domain[]
  readonly departures: readonly Domain[]
}

/** What tells who gets what of a patch. */
export type SharedPatch = Pick<Patch, 'conditions' | 'changes' | 'audiences'>

/**
 * Prepares a patch for being asked about many players. A question costs as many look-ups as the patch has domains, or
 * the player audiences, whichever is less. Null is a stranger. What is returned holds on to none of the operations.
 */
export function createPatchShares(patch: SharedPatch): (playerId: number | null) => PatchShare {
  const { conditions, changes } = patch
  const forAll: readonly Domain[] = conditions.has(everyone) ? [everyone] : []
  const stranger: PatchShare = { segments: forAll, arrivals: [], departures: [] }
  // Nearly every patch tells everyone the same: who asks need not be looked at, and nothing of the patch is kept.
  if (conditions.size === forAll.length && changes.size === 0) return () => stranger
  return sharesApart(patch, stranger)
}

function sharesApart(
  { conditions, changes, audiences }: SharedPatch,
  stranger: PatchShare,
): (playerId: number | null) => PatchShare {
  const { segments: forAll } = stranger
  /** A domain lies at its last condition, which is a player where one is among them. */
  const byCondition = new Map<AudienceId, Domain[]>()
  for (const [domain, needed] of conditions) {
    const last = needed.at(-1)
    if (last === undefined) continue
    const list = byCondition.get(last)
    if (list === undefined) byCondition.set(last, [domain])
    else list.push(domain)
  }

  const byAscent = new Map([...byCondition].sort(([one], [other]) => one - other))

  function addSeen(met: readonly AudienceId[], condition: AudienceId, seen: Domain[]): void {
    for (const domain of byCondition.get(condition) ?? []) {
      const needed = conditions.get(domain) ?? []
      if (needed.length === 1 || meets(met, needed)) seen.push(domain)
    }
  }

  return (playerId) => {
    const met = playerId === null ? undefined : audiences.get(playerId)
    if (met === undefined) return stranger
    const seen = [...forAll]
    // In the same order either way, so that who sees the same gets the same bytes.
    if (byAscent.size < met.length) {
      for (const condition of byAscent.keys()) if (met.includes(condition)) addSeen(met, condition, seen)
    } else {
      for (const condition of met) addSeen(met, condition, seen)
    }
    const change = playerId === null ? undefined : changes.get(playerId)
    if (change === undefined)
      return seen.length === forAll.length ? stranger : { ...stranger, segments: seen }
    const { gained, lost, before } = change
    const kept = seen.filter((domain) => meets(before, conditions.get(domain) ?? []))
    return { segments: kept, arrivals: gained, departures: lost }
  }
}

/** The operations that a player's replica is to apply, for one who was there before; null is a stranger. */
export function operationsFor(patch: Patch, playerId: number | null): readonly Operation[] {
  const { segments, arrivals, departures } = createPatchShares(patch)(playerId)
  return [
    ...segments.flatMap((domain) => {
      const segment = patch.segments.get(domain)
      return segment === undefined ? [] : operationsOf(segment)
    }),
    ...arrivals.flatMap((domain) => patch.arrivals.get(domain) ?? []),
    ...departures.flatMap((domain) => patch.departures.get(domain) ?? []),
  ]
}

/** Whether a patch has nothing for anybody. */
export function isEmptyPatch({ segments, arrivals, departures }: Patch): boolean {
  return segments.size + arrivals.size + departures.size === 0
}
