import type { Clock } from '@banyan/datamodel'
import { type Channel, type ChannelHandlers, encodeClose, type Hello } from '@banyan/protocol'
import type { Place } from '../place/place.ts'
import type { Farewell } from '../sessions/sessions.ts'

/** How long a connection may say nothing before its hello. */
const helloMs = 10_000

/** What the doors of a gate share. */
export interface DoorOptions {
  readonly clock: Clock
  /** Those before their hello. */
  readonly waiting: Set<Door>
  /** The place that a first frame asks for, or why there is none. */
  readonly read: (frame: Uint8Array) => { readonly hello: Hello; readonly place: Place } | Farewell
}

/**
 * One connection, from its first frame on. A class that lets go of what it needs no more, because it stays as long as the
 * connection.
 */
export class Door implements ChannelHandlers {
  readonly #options: DoorOptions
  readonly #channel: Channel
  #cancelDeadline: (() => void) | null
  #inside: ChannelHandlers | null = null
  #isOver = false

  constructor(channel: Channel, options: DoorOptions) {
    this.#channel = channel
    this.#options = options
    this.#cancelDeadline = options.clock.after(helloMs, () => {
      this.turnAway({ code: 'helloTimeout', reason: 'The server heard nothing.' })
    })
    options.waiting.add(this)
  }

  onFrame(frame: Uint8Array): void {
    if (this.#inside !== null) return this.#inside.onFrame(frame)
    if (this.#isOver) return
    const asked = this.#options.read(frame)
    if ('code' in asked) return this.turnAway(asked)
    this.#stopWaiting()
    this.#inside = asked.place.accept(this.#channel, asked.hello)
  }

  onClose(cause: string): void {
    this.#stopWaiting()
    this.#isOver = true
    this.#inside?.onClose(cause)
  }

  turnAway(farewell: Farewell): void {
    this.#stopWaiting()
    this.#isOver = true
    this.#channel.send(encodeClose(farewell))
    this.#channel.close()
  }

  #stopWaiting(): void {
    this.#options.waiting.delete(this)
    this.#cancelDeadline?.()
    this.#cancelDeadline = null
  }
}
