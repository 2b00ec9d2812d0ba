import { DataModelError } from '../errors.ts'
import { IntMap } from '../int-map/int-map.ts'
import type { AnyInstanceClass } from '../schema/define-class.ts'
import { draftOf } from './draft.ts'
import type { Instance, InstanceOptions } from './instance.ts'
import { type Node, nodeOf } from './node.ts'
import { isServerOwned } from './overlay.ts'
import { setParent } from './parenting.ts'
import { closeSignals, fireSignal } from './signals.ts'
import { subtreeOf } from './subtree.ts'

/** Destroys an instance and everything below it, for good. A second call does nothing. */
export function destroyInstance(node: Node): void {
  if (node.isDestroyed) return
  if (node.schema.isService || isServerOwned(node)) {
    throw new DataModelError(
      node.schema.isService ? 'invalidValue' : 'serverOwned',
      node.schema.isService
        ? `cannot destroy "${node.now.name}": a service lives as long as its place. Use clearAllChildren().`
        : `cannot destroy "${node.now.name}": the server owns it. Fire a remote and let the server destroy it.`,
    )
  }
  const subtree = subtreeOf(node)
  setParent(node, null)
  markDestroyed(subtree)
}

/** Ends a subtree that has left the tree: `destroying` is queued, signals are closed, links are cut. */
export function markDestroyed(subtree: readonly Node[]): void {
  for (const node of subtree) {
    fireSignal(node, 'destroying')
    node.isDestroyed = true
    const draft = draftOf(node, null)
    draft.parent = null
    draft.childrenByOrder = IntMap.empty()
  }
  for (const node of subtree) closeSignals(node)
}

/**
 * A detached deep copy with attributes and tags; references into the copied subtree point to the copies. What is not
 * archivable below is left out.
 */
export function cloneInstance(root: Node): Instance {
  const copies = new Map<Instance, Instance>()
  for (const node of subtreeOf(root)) {
    const { parent } = node.now
    const copyOfParent = node === root || parent === null ? null : (copies.get(parent) ?? null)
    if (node !== root && (copyOfParent === null || !node.archivable)) continue
    checkMayClone(node, root)
    copies.set(node.handle, copyAlone(node, copyOfParent))
  }
  for (const [original, copy] of copies) remapReferences(nodeOf(original), nodeOf(copy), copies)
  const copy = copies.get(root.handle)
  if (copy === undefined) throw new TypeError('a clone has a root')
  return copy
}

/**
 * Makes an instance whose content comes from elsewhere: children that its class's constructor makes are ended, since
 * those of the original, or of the server, take their place.
 */
export function makeBare(Class: AnyInstanceClass, options?: InstanceOptions): Instance {
  const made = new Class(options)
  if (nodeOf(made).now.childrenByOrder.size > 0) made.clearAllChildren()
  return made
}

function copyAlone(node: Node, parent: Instance | null): Instance {
  const copy = makeBare(node.handle.constructor as AnyInstanceClass)
  const draft = draftOf(nodeOf(copy), null)
  for (const [index, value] of node.now.values.entries()) draft.values[index] = value
  draft.name = node.now.name
  draft.attributes = node.now.attributes
  draft.tags = node.now.tags
  draft.access = node.now.access
  nodeOf(copy).archivable = node.archivable
  if (parent !== null) copy.parent = parent
  return copy
}

function remapReferences(from: Node, to: Node, copies: ReadonlyMap<Instance, Instance>): void {
  const { values } = draftOf(to, null)
  for (const { index } of from.schema.references) {
    const target = from.now.values[index] as Instance | null
    values[index] = target === null ? null : (copies.get(target) ?? target)
  }
}

function checkMayClone(node: Node, root: Node): void {
  if (node.schema.isPlaceMade) {
    throw new DataModelError(
      'abstractClass',
      `cannot clone "${root.now.name}": ${node.schema.name} "${node.now.name}" is made by its place alone. Clone its children.`,
    )
  }
  if (node === root && !node.archivable) {
    throw new DataModelError(
      'invalidValue',
      `cannot clone "${root.now.name}": its archivable is false. Set it to true first.`,
    )
  }
}
