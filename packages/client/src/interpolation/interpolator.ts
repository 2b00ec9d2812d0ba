/** How an interpolator reads a value between two samples. */
export interface InterpolatorOptions<Value> {
  /** How far behind the server's time it draws; one and a half to three ticks hide the network's jitter. */
  readonly delayMs: number
  /** The value at `fraction` (0 to 1) of the way. */
  readonly lerp: (from: Value, to: Value, fraction: number) => Value
  /** A longer silence means that the value stood still, and is not stretched into a slow glide; 250 when left out. */
  readonly maxGapMs?: number
}

/** Smooths values that arrive at the server's tick for drawing at the screen's rate. */
export interface Interpolator<Value> {
  /** Samples must come in the order of their times; one that is not newer replaces the newest. */
  push(serverTimeMs: number, value: Value): void
  /** The value to draw at this server time; holds the ends, never extrapolates; null before the first sample. */
  at(serverTimeMs: number): Value | null
  /** Forgets all, so that the next sample is jumped to: for teleports and respawns. */
  reset(): void
}

/** Keeps only the samples that can still be drawn: memory is bounded by the delay. */
export function createInterpolator<Value>(options: InterpolatorOptions<Value>): Interpolator<Value> {
  const { delayMs, lerp, maxGapMs = 250 } = options
  let samples: { readonly timeMs: number; readonly value: Value }[] = []

  return {
    push(timeMs, value) {
      const last = samples.at(-1)
      if (last !== undefined && timeMs <= last.timeMs) samples.pop()
      else if (last !== undefined && timeMs - last.timeMs > maxGapMs) {
        samples.push({ timeMs: timeMs - maxGapMs, value: last.value })
      }
      samples.push({ timeMs, value })
      const firstUseful = samples.findLastIndex((sample) => sample.timeMs <= timeMs - delayMs - maxGapMs)
      if (firstUseful > 0) samples = samples.slice(firstUseful)
    },
    at(serverTimeMs) {
      const drawnMs = serverTimeMs - delayMs
      const index = samples.findLastIndex((sample) => sample.timeMs <= drawnMs)
      const from = samples[index] ?? samples[0]
      if (from === undefined) return null
      const to = samples[index + 1]
      if (to === undefined || index === -1) return from.value
      return lerp(from.value, to.value, (drawnMs - from.timeMs) / (to.timeMs - from.timeMs))
    },
    reset() {
      samples = []
    },
  }
}
