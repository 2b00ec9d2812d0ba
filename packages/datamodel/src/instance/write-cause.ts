import type { Node } from './node.ts'

/** The write key of parent and order, and so of arriving, moving and leaving. Other keys are those of overlays. */
export const placeKey = '#place'

/** The write key of the rules that say who sees it. */
export const accessKey = '#access'

/** Instead of a node's cause: nothing was written since the last commit. One field tells both, to keep writes cheap. */
export const clean = -1

/** Instead of the cause of a replica's node: its last version has no record yet. `recordOf` makes it. */
export const late = -3

/** Instead of a node's cause: there are several. */
const mixed = -2

/** The key of the first cause, which holds for all keys that are not told. */
const restKey = '#rest'

/** Remembers the cause of a write to a node that is dirty already; called only where a second cause has come up. */
export function noteCause(node: Node, key: string | null, cause: number): void {
  if (key === null) return
  node.causes ??= new Map([[restKey, node.cause]])
  node.causes.set(key, cause)
  node.cause = mixed
}

/** The cause of the last write under a key since the last commit; 0 is unknown. */
export function causeOf({ cause, causes }: Node, key: string): number {
  return causes === null ? cause : (causes.get(key) ?? causes.get(restKey) ?? 0)
}

/** The commit has told of it all. */
export function forgetCauses(node: Node): void {
  node.cause = clean
  node.causes = null
}
