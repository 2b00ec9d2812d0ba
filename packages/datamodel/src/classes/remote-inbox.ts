import type { Node } from '../instance/node.ts'
import { adoptSignal } from '../instance/signals.ts'
import { Signal } from '../signals/signal.ts'

const queueCap = 256

/**
 * Arrived events of one remote. Until its first listener they are queued, the oldest dropped beyond 256 with one
 * warning; later, without a listener, they are dropped and counted. Calls that the last listener left unheard, as
 * React's StrictMode does between its two mounts, wait for the next one. Who listened on a client until the remote was
 * destroyed hears what was fired before that and arrives after it.
 */
export class RemoteInbox {
  readonly signal: Signal<readonly unknown[]>
  readonly #node: Node
  #waiting: (readonly unknown[])[] | null = []
  #fireLast: ((...args: readonly unknown[]) => void) | null = null
  #hasWarned = false
  #dropped = 0

  constructor(node: Node) {
    this.#node = node
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
        this.#waiting = [...calls]
        this.#dropOldest()
      },
      onClosed: (fireLast) => {
        if (node.tree?.side === 'client') this.#fireLast = fireLast
      },
    })
    adoptSignal(node, 'event', this.signal)
  }

  get dropped(): number {
    return this.#dropped
  }

  deliver(args: readonly unknown[]): void {
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
    this.#waiting.push(args)
    this.#dropOldest()
  }

  #dropOldest(): void {
    const excess = (this.#waiting?.length ?? 0) - queueCap
    if (excess <= 0) return
    this.#waiting?.splice(0, excess)
    this.#dropped += excess
    if (this.#hasWarned) return
    this.#hasWarned = true
    this.#node.tree?.warn(
      `"${this.#node.handle.getFullName()}" has ${queueCap} events and no listener: the oldest are dropped. Connect to it before events come, or stop firing it.`,
    )
  }

  #onListeners(count: number): void {
    if (count !== 1 || this.#waiting === null) return
    const waiting = this.#waiting
    this.#waiting = null
    for (const args of waiting) this.signal.fire(...args)
  }
}
