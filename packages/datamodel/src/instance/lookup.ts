import type { AnyInstanceClass } from '../schema/define-class.ts'
import type { Instance } from './instance.ts'
import { nodeOf } from './node.ts'
import { subtreeOf } from './subtree.ts'

/** A class, or its name. */
export type ClassKey = AnyInstanceClass | string

/** The first of the candidates that the test accepts, or null. */
export function first(
  candidates: Iterable<Instance>,
  accepts: (candidate: Instance) => boolean,
): Instance | null {
  for (const candidate of candidates) if (accepts(candidate)) return candidate
  return null
}

/** The children of a handle in their stable order. */
export function childrenOf(handle: Instance): Iterable<Instance> {
  return nodeOf(handle).now.childrenByOrder.values()
}

/** Everything below a handle, parents before children. A fresh array. */
export function descendantsOf(handle: Instance): Instance[] {
  return subtreeOf(nodeOf(handle))
    .slice(1)
    .map((node) => node.handle)
}

/** From the parent upward. */
export function* ancestorsOf(handle: Instance): Iterable<Instance> {
  for (let at = handle.parent; at !== null; at = at.parent) yield at
}

/** Whether a handle's exact class is this one. */
export function isExactly(handle: Instance, key: ClassKey): boolean {
  return typeof key === 'string' ? handle.className === key : nodeOf(handle).schema === key.schema
}
