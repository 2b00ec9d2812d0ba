import { Signal, type SignalOptions } from '../signals/signal.ts'
import { createSignalQueue, type SignalQueue } from '../signals/signal-queue.ts'
import type { Node } from './node.ts'

const coalescing: Readonly<Record<string, 'perArgument' | true>> = {
  changed: 'perArgument',
  attributeChanged: 'perArgument',
  childNamed: true,
}

/** A signal of an instance, made at its first use: an instance that nobody listens to carries none. */
export function signalOf<Args extends readonly unknown[]>(node: Node, key: string): Signal<Args> {
  node.signals ??= new Map()
  const known = node.signals.get(key)
  if (known !== undefined) return known as unknown as Signal<Args>
  const made = new Signal<Args>(new InstanceSignal(node, key))
  if (node.isDestroyed) made.close()
  node.signals.set(key, made as unknown as Signal<readonly unknown[]>)
  return made
}

/** A class, because an object with getters of its own is five times the size, and instances may have many signals. */
class InstanceSignal implements SignalOptions<readonly unknown[]> {
  readonly coalesce: boolean | 'perArgument'
  readonly #node: Node
  readonly #key: string

  constructor(node: Node, key: string) {
    this.#node = node
    this.#key = key
    this.coalesce = key.includes(':') ? true : (coalescing[key] ?? false)
  }

  get name(): string {
    return `${this.#node.now.name}.${this.#key}`
  }

  get queue(): SignalQueue {
    return queueOf(this.#node)
  }
}

/** Gives a node a signal with rules of its own, which then closes with the others. */
export function adoptSignal(node: Node, key: string, signal: Signal<readonly unknown[]>): void {
  node.signals ??= new Map()
  node.signals.set(key, signal)
}

/** Fires a signal of an instance if anyone ever asked for it; free otherwise. */
export function fireSignal(node: Node, key: string, ...args: readonly unknown[]): void {
  node.signals?.get(key)?.fire(...args)
}

/** Tells the listeners of a property, or of whatever else `changed` names. */
export function firePropertyChanged(node: Node, property: string): void {
  if (node.signals === null) return
  fireSignal(node, 'changed', property)
  fireSignal(node, `property:${property}`)
}

/** Tells the listeners of an attribute. */
export function fireAttributeChanged(node: Node, attribute: string): void {
  if (node.signals === null) return
  fireSignal(node, 'attributeChanged', attribute)
  fireSignal(node, `attribute:${attribute}`)
  fireSignal(node, 'changed', 'attributes')
}

/** Ends all signals of an instance; calls that are queued already still run. */
export function closeSignals(node: Node): void {
  if (node.signals === null) return
  for (const signal of node.signals.values()) signal.close()
}

function queueOf(node: Node): SignalQueue {
  if (node.tree !== null) return node.tree.queue
  node.detachedQueue ??= createDetachedQueue()
  return node.detachedQueue
}

/** An instance outside every DataModel has no resumption points: its calls run in a microtask. */
function createDetachedQueue(): SignalQueue {
  return createSignalQueue({
    // Nobody owns a detached instance, and a fault may not end the process, as an unhandled rejection would.
    report: (error, source) => console.error(`A handler of "${source}" failed.`, error),
    schedule: (drain) => {
      void Promise.resolve().then(drain)
    },
  })
}
