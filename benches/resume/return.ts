import type { Arrival } from '../world/load-commands.ts'

export type ResumeQuantity = 'applied' | 'bytes' | 'excess'

/** What was seen of one outage, from shortly before it until all was steady again. */
export interface Return {
  /** When the client was at the door again. */
  readonly returnedMs: number
  /** Of one client, in their order. */
  readonly arrivals: readonly Arrival[]
  /** Through the line in all that time. */
  readonly bytes: number
  /** Through the line per tick before the outage. */
  readonly bytesPerTick: number
}

/**
 * How long it took until the client had what was written before its return, what traveled for that, and how much that
 * is beside the patches that it missed. NaN where it never got there.
 */
export function figuresOf(
  { returnedMs, arrivals, bytes, bytesPerTick }: Return,
  writtenMs: readonly number[],
): Record<ResumeQuantity, number> {
  const lastWritten = writtenMs.findLastIndex((atMs) => atMs <= returnedMs)
  const at = arrivals.findIndex(({ tick, appliedMs }) => appliedMs > returnedMs && tick >= lastWritten)
  const recovered = arrivals[at]
  const lastHeard = arrivals.findLast(({ appliedMs }) => appliedMs <= returnedMs)
  const first = arrivals[0]
  if (recovered === undefined || first === undefined) {
    return { applied: Number.NaN, bytes: Number.NaN, excess: Number.NaN }
  }
  // Ticks that came as they always do, before the outage and after the recovery, are not the return's.
  const heardBefore = lastHeard === undefined ? 0 : lastHeard.tick - first.tick + 1
  const lastTick = arrivals.at(-1)?.tick ?? recovered.tick
  const ofReturn = bytes - (heardBefore + lastTick - recovered.tick) * bytesPerTick
  const missed = recovered.tick - (lastHeard?.tick ?? first.tick - 1)
  return {
    applied: recovered.appliedMs - returnedMs,
    bytes: ofReturn,
    excess: ofReturn / (missed * bytesPerTick),
  }
}
