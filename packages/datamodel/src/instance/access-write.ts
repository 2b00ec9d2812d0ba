import { isAudience } from '../audiences/audience-brand.ts'
import type { Player } from '../classes/player.ts'
import { describeValue } from '../data/value-description.ts'
import { DataModelError } from '../errors.ts'
import { isClassOrExtends } from '../schema/class-schema.ts'
import { type Access, openAccess, type VisibleTo } from './access.ts'
import { treeOfRule } from './access-lookup.ts'
import { draftOf } from './draft.ts'
import type { Instance } from './instance.ts'
import { isBranded } from './instance-brand.ts'
import { refreshDomains } from './membership.ts'
import { type Node, nodeOf } from './node.ts'
import { subtreeOf } from './subtree.ts'
import { accessKey } from './write-cause.ts'

/** A write to `visibleTo` by user code. Costs the subtree, as a move does. */
export function setVisibleTo(node: Node, visibleTo: VisibleTo): void {
  if (visibleTo === node.now.access.visibleTo) return
  checkSide(node, 'visibleTo')
  if (node.schema.isService) {
    throw new DataModelError(
      'invalidValue',
      `cannot set visibleTo of "${node.now.name}": a service is there for everyone. Put a Folder into it, and set visibleTo of that.`,
    )
  }
  if (visibleTo !== 'everyone' && visibleTo !== 'nobody') {
    const isRule = isAudience(visibleTo) || isOf(visibleTo, 'Player') || isOf(visibleTo, 'Team')
    checkTarget(node, 'visibleTo', isRule ? visibleTo : null, visibleTo)
  }
  setAccess(node, { ...node.now.access, visibleTo })
}

/** A write to `owner` by user code. Costs the subtree, as a move does. */
export function setOwner(node: Node, owner: Player | null): void {
  if (owner === node.now.access.owner) return
  checkSide(node, 'owner')
  if (owner !== null) checkTarget(node, 'owner', isOf(owner, 'Player') ? owner : null, owner)
  setAccess(node, { ...node.now.access, owner })
}

function setAccess(node: Node, access: Access): void {
  const isOpen = access.visibleTo === 'everyone' && access.owner === null
  draftOf(node, accessKey).access = isOpen ? openAccess : Object.freeze(access)
  if (node.isInTree && node.tree !== null) refreshDomains(subtreeOf(node), node.tree)
}

function isOf(value: unknown, className: 'Player' | 'Team'): boolean {
  return isBranded(value) && isClassOrExtends(nodeOf(value as Instance).schema, className)
}

function checkSide(node: Node, what: string): void {
  if (node.tree?.side !== 'client') return
  throw new DataModelError(
    'wrongSide',
    `cannot set ${what} of "${node.now.name}": the server decides who sees what. Fire a remote and let the server set it.`,
  )
}

function checkTarget(
  node: Node,
  what: string,
  target: Exclude<VisibleTo, string> | null,
  given: unknown,
): void {
  const fail = (code: 'invalidValue' | 'destroyed' | 'otherDataModel', why: string): never => {
    throw new DataModelError(code, `cannot set ${what} of "${node.now.name}": ${why}.`)
  }
  if (target === null) {
    const expected =
      what === 'owner' ? 'a Player or null' : "'everyone', 'nobody', a Player, a Team or an audience"
    return fail('invalidValue', `expected ${expected}, got ${describeValue(given)}. Assign one of these`)
  }
  if (target.isDestroyed) {
    return fail('destroyed', `"${target.name}" is gone for good. Name somebody who is there, or 'nobody'`)
  }
  if (!isAudience(target) && target.id === 0) {
    return fail('invalidValue', `"${target.name}" has never been in the tree. Parent it first`)
  }
  if (node.tree !== null && treeOfRule(target) !== node.tree) {
    fail('otherDataModel', `"${target.name}" belongs to another DataModel. Name one of its own place`)
  }
}
