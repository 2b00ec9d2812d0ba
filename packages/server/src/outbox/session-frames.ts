import { appendSession, type Delivery, encodePatches, type SessionPart } from '@banyan/protocol'

interface Made {
  readonly shared: Uint8Array | null
  readonly part: SessionPart
  readonly frame: Uint8Array
}

/** Frames with a session's part, made once for those sessions of a flush that are told the same under the same numbers. */
export class SessionFrames {
  readonly #made = new Map<number, Made>()

  /** The shared frame, or none, and a part behind it. */
  with(shared: Uint8Array | null, part: SessionPart): Uint8Array {
    const known = this.#made.get(part.eventSeq)
    if (known?.shared === shared && isEqual(known.part, part)) return known.frame
    const frame = appendSession(shared ?? encodePatches([]), part)
    this.#made.set(part.eventSeq, { shared, part, frame })
    return frame
  }

  /** To be called when a flush has ended, so that nothing is held any longer. */
  forget(): void {
    if (this.#made.size > 0) this.#made.clear()
  }
}

function isEqual(one: SessionPart, other: SessionPart): boolean {
  return one.callSeq === other.callSeq && areSame(one.deliveries, other.deliveries)
}

/** Deliveries of one fire are one object. */
function areSame(some: readonly Delivery[], others: readonly Delivery[]): boolean {
  return some.length === others.length && some.every((delivery, index) => delivery === others[index])
}
