import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { Draft, InstanceRecord } from '../instance/record.ts'
import { causeOf, placeKey } from '../instance/write-cause.ts'
import { isClassOrExtends } from '../schema/class-schema.ts'
import { type AudienceId, type Domain, meets } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'

/** A player whose audiences are others since this commit. */
export interface AudienceChange {
  readonly playerId: number
  /** Both ascend. */
  readonly before: readonly AudienceId[]
  readonly after: readonly AudienceId[]
  readonly cause: number
}

/**
 * Brings the audiences of all players who were touched up to date, and returns the changes of those who were there
 * before and are there now: who comes gets a snapshot, who goes gets nothing. Costs what was touched.
 */
export function commitAudiences(tree: Tree, dirty: readonly Node[]): readonly AudienceChange[] {
  const touched = tree.book?.touched ?? new Map<number, number>()
  if (tree.book !== null) tree.book.touched = new Map()
  for (const node of dirty) touchBy(tree, node, touched)
  const changes: AudienceChange[] = []
  for (const [playerId, cause] of touched) {
    const before = tree.audiences.get(playerId)
    const after = audiencesNow(tree, playerId)
    if (after === null) {
      tree.book?.forget(playerId)
      tree.audiences = tree.audiences.delete(playerId, tree.edit)
    } else if (before === undefined || !isSame(before, after)) {
      tree.audiences = tree.audiences.set(playerId, after, tree.edit)
      if (before !== undefined) changes.push({ playerId, before, after, cause })
    }
  }
  return changes.sort((one, other) => one.playerId - other.playerId)
}

/** The domains with nodes that a player sees before a change and not after it; with the two exchanged, those gained. */
export function domainsLost(
  { domains }: Tree,
  { before, after }: Pick<AudienceChange, 'before' | 'after'>,
): readonly Domain[] {
  const lost = new Set<Domain>()
  for (const audience of before) {
    if (after.includes(audience)) continue
    for (const entry of domains.having(audience)) if (meets(before, entry.audiences)) lost.add(entry.domain)
  }
  return [...lost]
}

/** Whether a player meets a condition now. */
export function meetsNow(tree: Tree, playerId: number, audience: AudienceId): boolean {
  if (audience === playerId) return tree.nodes.has(playerId)
  if (audience < 0) return tree.book?.isIn(playerId, audience) === true
  return teamOf(tree, playerId)?.id === audience
}

function touchBy(tree: Tree, node: Node, touched: Map<number, number>): void {
  const { record, isInTree, schema } = node
  const hasMoved = (record !== null) !== isInTree
  if (schema.name === 'Player') {
    if (hasMoved) touched.set(node.id, causeOf(node, placeKey))
    else if (record !== null && toldTeam(record) !== toldTeam(node.now))
      touched.set(node.id, causeOf(node, 'team'))
  } else if (hasMoved && isClassOrExtends(schema, 'Team')) {
    for (const [id] of tree.audiences) {
      const player = tree.nodes.get(id)
      if (player !== undefined && toldTeam(player.now) === node.handle)
        touched.set(id, causeOf(node, placeKey))
    }
  }
}

function audiencesNow(tree: Tree, playerId: number): readonly AudienceId[] | null {
  if (!tree.nodes.has(playerId)) return null
  const team = teamOf(tree, playerId)
  const held = [playerId, ...(team === null ? [] : [team.id]), ...(tree.book?.heldBy(playerId) ?? [])]
  return Object.freeze(held.sort((one, other) => one - other))
}

/** The team that a player is in, while that is in the tree itself. */
function teamOf(tree: Tree, playerId: number): Node | null {
  const player = tree.nodes.get(playerId)
  const team = player === undefined ? null : toldTeam(player.now)
  return team !== null && nodeOf(team).isInTree ? nodeOf(team) : null
}

/** The team that a player's record refers to. */
function toldTeam({ schema, values }: InstanceRecord | Draft): Instance | null {
  return values[schema.propertyByName.get('team')?.index ?? -1] as Instance | null
}

function isSame(one: readonly AudienceId[], other: readonly AudienceId[]): boolean {
  return one.length === other.length && one.every((audience, index) => audience === other[index])
}
