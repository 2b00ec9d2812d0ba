/** What decides a rank: who has finished ranks by time, everyone else by distance. */
export interface Standing {
  readonly finishMs: number | null
  readonly distance: number
}

/** The same entries, first one first. */
export function ranked<S extends Standing>(entries: readonly S[]): S[] {
  return entries.toSorted((a, b) => {
    if (a.finishMs !== null && b.finishMs !== null) return a.finishMs - b.finishMs
    if (a.finishMs !== null) return -1
    if (b.finishMs !== null) return 1
    return b.distance - a.distance
  })
}

/** 1st, 2nd, 3rd … up to any number. */
export function ordinal(rank: number): string {
  return `${rank}${ordinalSuffix(rank)}`
}

/** The two letters behind the number. */
export function ordinalSuffix(rank: number): string {
  const lastTwo = rank % 100
  if (lastTwo >= 11 && lastTwo <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th'
}

/** 0:23.4: minutes, seconds, tenths, rounded down as a stopwatch shows them. */
export function stopwatch(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100)
  const seconds = Math.floor(tenths / 10)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.${tenths % 10}`
}

/** 0:48.418, for results, where tenths may tie. */
export function exactTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return `${minutes}:${((ms - minutes * 60_000) / 1000).toFixed(3).padStart(6, '0')}`
}
