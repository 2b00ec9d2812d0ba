import type { Clock } from '@banyan/datamodel'

/** So many frames, each so soon behind the one before, are a flood: no person and no game's loop makes them. */
const floodCount = 8
/** Frames that come so soon are more than the 500 a second that servers take. */
const soonMs = 2
/** A pause that ends a flood: longer, for a busy machine makes pauses of its own, and shorter than what a game's loop waits. */
const restMs = 10
/** What a flood's frame collects: a quarter of what a screen shows at once, and half of the frames that servers take. */
const collectMs = 4

/** Tells how long frames of fires wait for more of them, so that a flood costs both sides no frame for each fire. */
export class Pace {
  readonly #clock: Clock
  #lastMs = Number.NEGATIVE_INFINITY
  #quick = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What the next frame waits beyond its task: nothing, but in a flood. */
  waitMs(): number {
    const isSoon = this.#clock.now() - this.#lastMs < (this.#quick < floodCount ? soonMs : restMs)
    this.#quick = isSoon ? this.#quick + 1 : 0
    return this.#quick < floodCount ? 0 : collectMs
  }

  /** A frame leaves. */
  left(): void {
    this.#lastMs = this.#clock.now()
  }
}
