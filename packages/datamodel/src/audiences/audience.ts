import type { Player } from '../classes/player.ts'
import { describeValue } from '../data/value-description.ts'
import { DataModelError } from '../errors.ts'
import { isBranded } from '../instance/instance-brand.ts'
import { nodeOf } from '../instance/node.ts'
import type { AudienceBook } from './audience-book.ts'
import { type AudienceState, audienceKey } from './audience-brand.ts'

/** Some players of one place, by a name: instances may be visible to them alone. Never replicated, nor is its name. */
export class Audience {
  readonly name: string
  /** @internal */
  readonly [audienceKey]: AudienceState
  /** @internal */
  protected readonly book: AudienceBook

  constructor(name: string, book: AudienceBook) {
    this.name = name
    this.book = book
    this[audienceKey] = { id: book.tree.domains.takeNumber(), tree: book.tree, isDestroyed: false }
  }

  get isDestroyed(): boolean {
    return this[audienceKey].isDestroyed
  }

  /** A fresh array in the order of entry, without who has left; empty once it is destroyed. */
  get players(): Player[] {
    return [...this.book.membersOf(this).values()].filter((player) => nodeOf(player).isInTree)
  }

  has(player: Player): boolean {
    return this.book.membersOf(this).has(player.id) && nodeOf(player).isInTree
  }

  /** For good: nobody is in it any more, so that nobody sees what is visible to it. Its name is free again. */
  destroy(): void {
    this.book.end(this)
  }
}

/** An audience that scripts change player by player, as often as they like: a change costs what comes into or out of view. */
export class NamedAudience extends Audience {
  /** Nothing happens for one who is in it, and for a Player who has left the place. Throws when it is destroyed. */
  add(player: Player): void {
    this.#check('add', player)
    this.book.enter(this, player)
  }

  /** Nothing happens for one who is not in it. */
  remove(player: Player): void {
    this.#check('remove', player)
    this.book.leave(this, player)
  }

  #check(action: 'add' | 'remove', player: unknown): asserts player is Player {
    const node = isBranded(player) ? nodeOf(player as Player) : null
    if (node?.schema.name !== 'Player') {
      throw new DataModelError(
        'invalidValue',
        `cannot ${action} to audience "${this.name}": expected a Player, got ${describeValue(player)}. Find one with players.getPlayers().`,
      )
    }
    if (node.tree !== this[audienceKey].tree) {
      throw new DataModelError(
        'otherDataModel',
        `cannot ${action} "${node.now.name}" to audience "${this.name}": they belong to different DataModels. Use an audience of the player's own place.`,
      )
    }
    if (!this.isDestroyed || action === 'remove') return
    throw new DataModelError(
      'destroyed',
      `cannot add "${node.now.name}" to audience "${this.name}": it is destroyed. Create another one.`,
    )
  }
}
