import type { Node } from '../instance/node.ts'
import { adoptSignal } from '../instance/signals.ts'
import { Signal } from '../signals/signal.ts'

const queueCap = 256
/** Of the events that a remote keeps together, since clients may send any remote large ones that nobody listens to. */
const queueBytesCap = 256 * 1024

interface WaitingEvent {
  readonly args: readonly unknown[]
  readonly bytes: number
  /** Under which it arrived. */
  readonly cause: number
}

/**
 * Arrived events of one remote. Until its first listener they are queued, the oldest dropped beyond 256 with one
 * warning; later, without a listener, they are dropped and counted. Calls that the last listener left unheard, as
 * React's StrictMode does between its two mounts, wait for the next one. Who listened on a client until the remote was
 * destroyed hears what was fired before that and arrives after it. An inbox that keeps nothing unheard drops and counts
 * in all of these cases.
 */
export class RemoteInbox {
  readonly signal: Signal<readonly unknown[]>
  readonly #node: Node
  #waiting: WaitingEvent[] | null = []
  #waitingBytes = 0
  #fireLast: ((...args: readonly unknown[]) => void) | null = null
  #hasWarned = false
  #dropped = 0

  constructor(node: Node, { keepsUnheard }: { readonly keepsUnheard: boolean }) {
    this.#node = node
    if (!keepsUnheard) this.#waiting = null
    this.signal = new Signal<readonly unknown[]>({
      get name() {
        return `${node.now.name}.event`
      },
      get queue() {
        if (node.tree === null) throw new TypeError('events arrive in a tree')
        return node.tree.queue
      },
      onListeners: (count) => this.#onListeners(count),
      onUndelivered: (calls) => {
        if (!keepsUnheard) {
          this.#dropped += calls.length
          return
        }
        this.#waiting = calls.map((args) => ({ args, bytes: 0, cause: 0 }))
        this.#waitingBytes = 0
        this.#dropOldest()
      },
      onClosed: (fireLast) => {
        if (keepsUnheard && node.tree?.side === 'client') this.#fireLast = fireLast
      },
    })
    adoptSignal(node, 'event', this.signal)
  }

  get dropped(): number {
    return this.#dropped
  }

  /** `bytes` is what the arguments took on the wire. */
  deliver(args: readonly unknown[], bytes: number): void {
    if (this.signal.listenerCount > 0) {
      this.signal.fire(...args)
      return
    }
    if (this.#fireLast !== null) {
      this.#fireLast(...args)
      return
    }
    if (this.#waiting === null || this.#node.isDestroyed) {
      this.#dropped += 1
      return
    }
    this.#waiting.push({ args, bytes, cause: this.#node.tree?.queue.cause ?? 0 })
    this.#waitingBytes += bytes
    this.#dropOldest()
  }

  #dropOldest(): void {
    const before = this.#dropped
    while (
      this.#waiting !== null &&
      (this.#waiting.length > queueCap || this.#waitingBytes > queueBytesCap)
    ) {
      this.#waitingBytes -= this.#waiting.shift()?.bytes ?? 0
      this.#dropped += 1
    }
    if (this.#dropped === before) return
    if (this.#hasWarned) return
    this.#hasWarned = true
    this.#node.tree?.warn(
      `"${this.#node.handle.getFullName()}" has ${queueCap} events, or ${queueBytesCap} bytes of them, and no listener: the oldest are dropped. Connect to it before events come, or stop firing it.`,
    )
  }

  #onListeners(count: number): void {
    if (count !== 1 || this.#waiting === null) return
    const waiting = this.#waiting
    this.#waiting = null
    this.#waitingBytes = 0
    const queue = this.#node.tree?.queue
    if (queue === undefined) return
    const outerCause = queue.cause
    for (const { args, cause } of waiting) {
      queue.cause = cause
      this.signal.fire(...args)
    }
    queue.cause = outerCause
  }
}
