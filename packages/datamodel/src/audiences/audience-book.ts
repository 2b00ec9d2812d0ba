import type { Player } from '../classes/player.ts'
import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { clean } from '../instance/write-cause.ts'
import type { AudienceId } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import type { Audience } from './audience.ts'
import { audienceKey } from './audience-brand.ts'
import type { PredicateAudience } from './predicate-audience.ts'
import { warnOfRest } from './rule-warnings.ts'

const nobodyIn: ReadonlyMap<number, Player> = new Map()

/** Who is in which audience of a server's tree now; a commit makes it part of the snapshot. */
export class AudienceBook {
  readonly tree: Tree
  readonly byName = new Map<string, Audience>()
  readonly #members = new Map<AudienceId, Map<number, Player>>()
  readonly #held = new Map<number, Set<AudienceId>>()
  readonly #predicates = new Map<Instance, Set<PredicateAudience>>()
  readonly #unasked = new Set<PredicateAudience>()
  /** Players who came into or out of an audience since the last commit, with the cause of the last time. */
  touched = new Map<number, number>()

  constructor(tree: Tree) {
    this.tree = tree
  }

  open(audience: Audience): void {
    this.byName.set(audience.name, audience)
    this.#members.set(audience[audienceKey].id, new Map())
  }

  /** The next commit asks for everyone. */
  watch(audience: PredicateAudience): void {
    this.#unasked.add(audience)
    for (const instance of audience.dependsOn) {
      const watching = this.#predicates.get(instance) ?? new Set()
      this.#predicates.set(instance, watching.add(audience))
    }
  }

  membersOf(audience: Audience): ReadonlyMap<number, Player> {
    return this.#members.get(audience[audienceKey].id) ?? nobodyIn
  }

  /** The audiences of a player, in no order. */
  heldBy(playerId: number): Iterable<AudienceId> {
    return this.#held.get(playerId) ?? []
  }

  isIn(playerId: number, audience: AudienceId): boolean {
    return this.#held.get(playerId)?.has(audience) === true
  }

  isOpen(audience: AudienceId): boolean {
    return this.#members.has(audience)
  }

  enter(audience: Audience, player: Player): void {
    const { id } = audience[audienceKey]
    const members = this.#members.get(id)
    if (members === undefined || members.has(player.id) || !nodeOf(player).isInTree) return
    members.set(player.id, player)
    const held = this.#held.get(player.id) ?? new Set()
    this.#held.set(player.id, held.add(id))
    this.#touch(player.id)
  }

  leave(audience: Audience, player: Player): void {
    const { id } = audience[audienceKey]
    if (this.#members.get(id)?.delete(player.id) !== true) return
    const held = this.#held.get(player.id)
    held?.delete(id)
    if (held?.size === 0) this.#held.delete(player.id)
    this.#touch(player.id)
  }

  end(audience: Audience): void {
    const state = audience[audienceKey]
    if (state.isDestroyed) return
    warnOfRest(this.tree, state.id, `audience "${audience.name}"`)
    for (const player of [...this.membersOf(audience).values()]) this.leave(audience, player)
    state.isDestroyed = true
    this.#members.delete(state.id)
    this.byName.delete(audience.name)
    this.#unasked.delete(audience as PredicateAudience)
    for (const [instance, watching] of this.#predicates) {
      watching.delete(audience as PredicateAudience)
      if (watching.size === 0) this.#predicates.delete(instance)
    }
  }

  /** A player left the tree: they are in nothing any more. */
  forget(playerId: number): void {
    for (const id of this.#held.get(playerId) ?? []) this.#members.get(id)?.delete(playerId)
    this.#held.delete(playerId)
  }

  /** Asks the predicates that what was written since the last commit concerns. They must not write; what one writes is part of the commit. */
  askPredicates(): void {
    if (this.#predicates.size === 0 && this.#unasked.size === 0) return
    const asked = new Set(this.#unasked)
    const touched: Player[] = []
    this.#unasked.clear()
    for (const node of this.tree.dirty) {
      for (const audience of this.#predicates.get(node.handle) ?? []) asked.add(audience)
      if (isPresentPlayer(node)) touched.push(node.handle as Player)
    }
    const { cause } = this.tree
    for (const audience of this.byName.values()) {
      if (!('evaluate' in audience)) continue
      const predicate = audience as PredicateAudience
      this.tree.cause = asked.has(predicate) ? this.#causeFor(predicate) : 0
      predicate.evaluate(asked.has(predicate) ? this.#players() : touched)
    }
    this.tree.cause = cause
  }

  #players(): Player[] {
    return this.tree.game
      .getService('Players')
      .getDescendants()
      .filter((found) => isPresentPlayer(nodeOf(found))) as Player[]
  }

  /** That of the write which led to the question; 0 where there were several. */
  #causeFor(audience: PredicateAudience): number {
    const causes = new Set(audience.dependsOn.map((instance) => nodeOf(instance).cause))
    causes.delete(clean)
    const [cause = 0] = causes
    return causes.size === 1 && cause > 0 ? cause : 0
  }

  #touch(playerId: number): void {
    this.touched.set(playerId, this.tree.cause)
  }
}

function isPresentPlayer({ schema, isInTree }: Node): boolean {
  return schema.name === 'Player' && isInTree
}
