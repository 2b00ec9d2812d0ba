import type { Arrival } from '../world/load-commands.ts'

export type ResumeQuantity = 'applied' | 'bytes' | 'excess'

/** What was seen of one outage, from a second before it until all was steady again. */
export interface Return {
  /** When the client was at the door again. */
  readonly returnedMs: number
  /** Of one client, in their order. */
  readonly arrivals: readonly Arrival[]
  /** Through the line until it was cut. */
  readonly bytesBefore: number
  /** Through the line since then. */
  readonly bytesAfter: number
}

/**
 * How long it took until the client had what was written before its return, what traveled for that, and how much that
 * is beside the patches that it missed. NaN where it never got there.
 */
export function figuresOf(
  { returnedMs, arrivals, bytesBefore, bytesAfter }: Return,
  writtenMs: readonly number[],
): Record<ResumeQuantity, number> {
  const lastWritten = writtenMs.findLastIndex((atMs) => atMs <= returnedMs)
  const recovered = arrivals.find(({ tick, appliedMs }) => appliedMs > returnedMs && tick >= lastWritten)
  const [first, last] = [arrivals[0], arrivals.at(-1)]
  const lastHeard = arrivals.findLast(({ appliedMs }) => appliedMs <= returnedMs)
  if (recovered === undefined || first === undefined || last === undefined || lastHeard === undefined) {
    return { applied: Number.NaN, bytes: Number.NaN, excess: Number.NaN }
  }
  const bytesPerTick = bytesBefore / (lastHeard.tick - first.tick + 1)
  // Ticks that came as they always do, after the recovery, are not the return's.
  const bytes = bytesAfter - (last.tick - recovered.tick) * bytesPerTick
  const missed = recovered.tick - lastHeard.tick
  return {
    applied: recovered.appliedMs - returnedMs,
    bytes,
    excess: bytes / (missed * bytesPerTick),
  }
}
