import type { Node } from './node.ts'

/** Calls a listener once after each commit or patch in which the record changed or went away; returns what ends that. */
export function addObserver(node: Node, listener: () => void): () => void {
  node.observers ??= new Set()
  // A function of its own per call, so that the same listener may observe twice.
  const entry = (): void => listener()
  node.observers.add(entry)
  return () => {
    node.observers?.delete(entry)
    if (node.observers?.size === 0) node.observers = null
  }
}
