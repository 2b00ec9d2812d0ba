/** Why a call was not handed to anyone; `late` are unreliable ones that arrived after a newer one. */
export type DropReason = 'invalid' | 'throttled' | 'late'

/** Calls of one player that were dropped or refused, by remote name. */
export type DropCounts = ReadonlyMap<string, Readonly<Record<DropReason, number>>>

/** What the calls of unknown or hidden remotes are counted under. */
export const unknownRemoteName = '(unknown)'

/** What nothing was dropped of. */
export const noDrops: DropCounts = new Map()

/** Counts what is dropped; costs a player next to nothing of whom nothing is. */
export class DropCounter {
  #counts: Map<string, Record<DropReason, number>> | null = null
  #total: Record<DropReason, number> | null = null

  get counts(): DropCounts {
    return this.#counts ?? noDrops
  }

  get total(): Readonly<Record<DropReason, number>> {
    return this.#total ?? none
  }

  add(remoteName: string, reason: DropReason): void {
    this.#counts ??= new Map()
    this.#total ??= { ...none }
    const count = this.#counts.get(remoteName) ?? { ...none }
    count[reason] += 1
    this.#total[reason] += 1
    this.#counts.set(remoteName, count)
  }
}

const none: Readonly<Record<DropReason, number>> = Object.freeze({ invalid: 0, throttled: 0, late: 0 })
