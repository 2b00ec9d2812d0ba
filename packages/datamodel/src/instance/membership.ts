import { DataModelError } from '../errors.ts'
import { type Domain, narrowDomain, nobody } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import { markDirty } from './draft.ts'
import type { Instance } from './instance.ts'
import { type Node, nodeOf } from './node.ts'
import type { Draft } from './record.ts'

/** Refuses what may not enter a DataModel, before anything has changed. */
export function checkMayEnter(nodes: readonly Node[], tree: Tree): void {
  for (const node of nodes) {
    if (node.tree !== null && node.tree !== tree) {
      throw new DataModelError(
        'otherDataModel',
        `cannot parent "${node.now.name}": it belongs to another DataModel. Clone it, and parent the clone.`,
      )
    }
    if (tree.definition.classNumberOf(node.schema) === null) {
      throw new DataModelError(
        'unknownClass',
        `cannot parent "${node.now.name}": its class ${node.schema.name} is not in this place's definition. Add it to defineGame({ classes }).`,
      )
    }
  }
}

/** Makes a subtree (parents first) part of a DataModel: ids, domains, dirty set. */
export function enterTree(nodes: readonly Node[], tree: Tree): void {
  for (const node of nodes) {
    if (node.id === 0) node.id = tree.takeId()
    if (node.now.id !== node.id) (node.now as Draft).id = node.id
    node.tree = tree
    node.isInTree = true
    tree.addNode(node)
    node.domain = currentDomainOf(node)
    visibilityChanged(node, tree)
  }
}

/** Takes a subtree out of its DataModel; ids stay, so that it may come back. */
export function leaveTree(nodes: readonly Node[], tree: Tree): void {
  for (const node of nodes) {
    visibilityChanged(node, tree)
    node.isInTree = false
    node.domain = nobody
    tree.removeNode(node)
  }
}

/** After a move inside the tree: finds the audience of a subtree again, parents first. */
export function refreshDomains(nodes: readonly Node[], tree: Tree): void {
  for (const node of nodes) {
    const domain = currentDomainOf(node)
    if (domain === node.domain) continue
    node.domain = domain
    visibilityChanged(node, tree)
  }
}

function currentDomainOf(node: Node): Domain {
  const parent = node.now.parent
  if (parent === null) return node.domain
  const { audience } = node.schema
  const parentDomain = nodeOf(parent).domain
  return audience === 'owner'
    ? narrowDomain(parentDomain, audience, ownerIdOf(parent))
    : narrowDomain(parentDomain, audience, null)
}

function visibilityChanged(node: Node, tree: Tree): void {
  node.visibilityCommit = tree.commitCount
  markDirty(node)
  if (node.referrers === null) return
  for (const referrer of node.referrers) markDirty(referrer)
}

/** The id of the nearest Player at or above a handle, or null. */
function ownerIdOf(handle: Instance | null): number | null {
  for (let at = handle; at !== null; at = nodeOf(at).now.parent) {
    if (nodeOf(at).schema.name === 'Player') return nodeOf(at).id
  }
  return null
}
