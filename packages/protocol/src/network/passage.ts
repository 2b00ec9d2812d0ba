import type { Random } from '@banyan/datamodel'
import { isWhole, type LineConditions } from './conditions.ts'
import { createDepartures } from './departures.ts'

/** How much later a frame comes that may be overtaken: three ticks of a place at its usual rate. */
const overtakenMs = 100

/** What crosses a line. */
export interface Load {
  readonly bytes: number
  readonly isUnreliable: boolean
}

/** Computes when what is sent over one direction of a line arrives. */
export interface Passage {
  /** Never before what was sent before, unless that may be overtaken; null for what is lost. */
  arrivalMs(nowMs: number, load: Load): number | null
  /** Bytes that have not left the sending end. */
  waitingBytes(nowMs: number): number
  /** Forgets what was sent before. */
  clear(): void
}

/** Both are asked at each frame, since a line may be used before its player is known. */
export interface PassageOptions {
  conditions(): LineConditions
  random(): Random
}

export function createPassage(options: PassageOptions): Passage {
  const departures = createDepartures()
  /** When all that keeps its order has arrived. */
  let orderMs = Number.NEGATIVE_INFINITY

  return {
    arrivalMs(nowMs, { bytes, isUnreliable }) {
      const conditions = options.conditions()
      if (isWhole(conditions)) {
        orderMs = Math.max(orderMs, departures.leaveMs(nowMs, bytes, null))
        return orderMs
      }
      // Always three draws, so that changing one condition leaves what the others do to each frame.
      const random = options.random()
      const [late, lost, overtaken] = [random.next(), random.next(), random.next()]
      const { latencyMs, jitterMs, loss, reorder, retransmitMs, bytesPerSecond } = conditions
      const leaveMs = departures.leaveMs(nowMs, bytes, bytesPerSecond)
      const isLost = lost < loss
      if (isUnreliable && isLost) return null
      const soonestMs = leaveMs + latencyMs + late * jitterMs + (isLost ? retransmitMs : 0)
      const inOrderMs = Math.max(orderMs, soonestMs)
      // Below `reorder` the draw is even in itself, and serves as the delay too.
      if (isUnreliable && overtaken < reorder) return inOrderMs + (1 - overtaken / reorder) * overtakenMs
      orderMs = inOrderMs
      return orderMs
    },
    waitingBytes: (nowMs) => departures.waitingBytes(nowMs),
    clear() {
      departures.clear()
      orderMs = Number.NEGATIVE_INFINITY
    },
  }
}
