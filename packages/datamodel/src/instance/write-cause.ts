import type { Node } from './node.ts'

/** The write key of parent and order, and so of arriving, moving and leaving. Other keys are those of overlays. */
export const placeKey = '#place'

/** Remembers the cause of a write to a node that is dirty already; called only where a second cause has come up. */
export function noteCause(node: Node, key: string | null, cause: number): void {
  if (key === null) return
  node.causes ??= new Map()
  node.causes.set(key, cause)
}

/** The cause of the last write under a key since the last commit; 0 is unknown. */
export function causeOf(node: Node, key: string): number {
  return node.causes?.get(key) ?? node.cause
}
