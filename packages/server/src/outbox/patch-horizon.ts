import { type AudienceId, type Domain, meets, type Patch } from '@banyan/datamodel'

/** What a horizon has to know of a patch: who was told of it. */
export type ForgottenPatch = Pick<Patch, 'seq' | 'conditions' | 'changes'>

/** A reader of patches: who it is, and what it met when the oldest patch that is kept was made. */
export interface Reader {
  /** Null is a stranger, who sees what everyone sees. */
  readonly playerId: number | null
  readonly met: readonly AudienceId[]
}

/**
 * How far back a log of patches goes for each reader: one who was told nothing of what is forgotten has everything,
 * however long ago, so that who is told seldom does not need everything anew.
 */
export interface PatchHorizon {
  /** This patch is gone. */
  forget(patch: ForgottenPatch): void
  /** Everything up to this number is gone. */
  forgetAll(seq: number): void
  /** Whether nothing is gone that the reader was told after `seq`. Costs what was told apart. */
  reaches(seq: number, reader: Reader): boolean
}

/** So much is remembered apart; players and domains come and go. */
const entryCap = 4096

interface ForgottenDomain {
  readonly seq: number
  readonly conditions: readonly AudienceId[]
}

export function createPatchHorizon(startSeq: number): PatchHorizon {
  let all = startSeq
  const domains = new Map<Domain, ForgottenDomain>()
  /** Players who began to meet other conditions. */
  const regrouped = new Map<number, number>()

  function forgetAll(seq: number): void {
    all = Math.max(all, seq)
    domains.clear()
    regrouped.clear()
  }

  return {
    forget({ seq, conditions, changes }) {
      for (const [domain, needed] of conditions) domains.set(domain, { seq, conditions: needed })
      for (const playerId of changes.keys()) regrouped.set(playerId, seq)
      if (domains.size + regrouped.size > entryCap) forgetAll(seq)
    },
    forgetAll,
    reaches(seq, { playerId, met }) {
      if (seq < all || (playerId !== null && seq < (regrouped.get(playerId) ?? all))) return false
      for (const told of domains.values()) {
        if (seq < told.seq && meets(met, told.conditions)) return false
      }
      return true
    },
  }
}
