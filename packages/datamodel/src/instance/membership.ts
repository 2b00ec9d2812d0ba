import { DataModelError } from '../errors.ts'
import { everyone, nobody } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import { isForeignAccess } from './access-lookup.ts'
import { markDirty } from './draft.ts'
import type { Node } from './node.ts'
import { isServerOwned } from './overlay.ts'
import type { Draft } from './record.ts'
import { addReferences, dropReferences, foreignTargetOf } from './references.ts'
import { placeKey } from './write-cause.ts'

/** Refuses what may not enter a DataModel, before anything has changed. */
export function checkMayEnter(nodes: readonly Node[], tree: Tree): void {
  for (const node of nodes) {
    if (node.tree !== null && node.tree !== tree) {
      throw new DataModelError(
        'otherDataModel',
        `cannot parent "${node.now.name}": it belongs to another DataModel. Clone it, and parent the clone.`,
      )
    }
    checkReferences(node, tree)
    if (isForeignAccess(node.now.access, tree)) {
      throw new DataModelError(
        'otherDataModel',
        `cannot parent "${node.now.name}": its visibleTo or owner is of another DataModel. Set them to a player, team or audience of this one.`,
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

/** No reference may lead from one DataModel into another, in either direction. */
function checkReferences(node: Node, tree: Tree): void {
  const target = foreignTargetOf(node, tree)
  if (target !== null) {
    throw new DataModelError(
      'otherDataModel',
      `cannot parent "${node.now.name}": it refers to "${target.now.name}" of another DataModel. Clear the reference first.`,
    )
  }
  for (const referrer of node.referrers?.keys() ?? []) {
    if (referrer.tree === tree) continue
    throw new DataModelError(
      'otherDataModel',
      `cannot parent "${node.now.name}": "${referrer.now.name}" of another DataModel refers to it. Clear the reference first.`,
    )
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
    refreshDomain(node, tree)
    if (tree.side === 'server') addReferences(node)
    visibilityChanged(node)
  }
}

/** Local children of what replication brings come after the server's, whose order keys stay below this. */
const firstLocalOrder = 2 ** 30

/** The order key of what becomes the last child; on a client the keys below those for local children are the server's. */
export function takeOrder(parent: Node): number {
  const order = isServerOwned(parent) ? Math.max(parent.nextOrder, firstLocalOrder) : parent.nextOrder
  parent.nextOrder = order + 1
  return order
}

/** Takes a subtree out of its DataModel; ids stay, so that it may come back. */
export function leaveTree(nodes: readonly Node[], tree: Tree): void {
  for (const node of nodes) {
    visibilityChanged(node)
    if (tree.side === 'server') dropReferences(node)
    node.isInTree = false
    node.domain = nobody
    if (node.owned !== null) node.owned.domain = nobody
    tree.removeNode(node)
  }
}

/** After a move inside the tree, or a change of rules: finds the audiences of a subtree again, parents first. */
export function refreshDomains(nodes: readonly Node[], tree: Tree): void {
  for (const node of nodes) if (refreshDomain(node, tree)) visibilityChanged(node)
}

/** Whether who sees the node, or its owner's properties, are others now; a replica does not know who sees what. */
function refreshDomain(node: Node, tree: Tree): boolean {
  const { authority } = tree.options
  if (authority !== undefined) return authority.refreshDomain(node, tree)
  node.domain = everyone
  return false
}

/** What refers to it may have to be told anew. */
function visibilityChanged(node: Node): void {
  markDirty(node, placeKey)
  if (node.referrers === null) return
  for (const referrer of node.referrers.keys()) {
    for (const { name, index } of referrer.schema.references) {
      if (referrer.now.values[index] === node.handle) markDirty(referrer, name)
    }
  }
}
