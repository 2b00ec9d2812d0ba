/** Why a call was not handed to anyone; `late` are unreliable ones that arrived after a newer one. */
export type DropReason = 'invalid' | 'throttled' | 'late'

/** Calls of one player that were dropped or refused, by remote name. */
export type DropCounts = ReadonlyMap<string, Readonly<Record<DropReason, number>>>

/** What the calls of unknown or hidden remotes are counted under. */
export const unknownRemoteName = '(unknown)'

export interface DropCounter {
  readonly counts: DropCounts
  readonly total: Readonly<Record<DropReason, number>>
  add(remoteName: string, reason: DropReason): void
}

export function createDropCounter(): DropCounter {
  const counts = new Map<string, Record<DropReason, number>>()
  const total = { invalid: 0, throttled: 0, late: 0 }
  return {
    counts,
    total,
    add(remoteName, reason) {
      const count = counts.get(remoteName) ?? { invalid: 0, throttled: 0, late: 0 }
      count[reason] += 1
      total[reason] += 1
      counts.set(remoteName, count)
    },
  }
}
