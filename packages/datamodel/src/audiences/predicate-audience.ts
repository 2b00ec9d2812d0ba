import type { Player } from '../classes/player.ts'
import type { Instance } from '../instance/instance.ts'
import { Audience } from './audience.ts'
import type { AudienceBook } from './audience-book.ts'

/** Who is in a predicate's audience, and when to ask again. */
export interface PredicateOptions {
  /** The instances whose own state the test reads: their properties, attributes, tags, names, parents and children. */
  readonly dependsOn: readonly Instance[]
  /** Must not write to the tree. What it throws is reported, and counts as false. */
  readonly test: (player: Player) => boolean
}

/**
 * The players for whom a test holds: asked for all of them at a commit that touches what it depends on, and for one
 * who joined or was touched. For rare changes: it costs every player, each time.
 */
export class PredicateAudience extends Audience {
  readonly #options: PredicateOptions

  constructor(name: string, book: AudienceBook, { dependsOn, test }: PredicateOptions) {
    super(name, book)
    this.#options = Object.freeze({ dependsOn: Object.freeze([...dependsOn]), test })
  }

  get dependsOn(): readonly Instance[] {
    return this.#options.dependsOn
  }

  /** Asks for these players. @internal */
  evaluate(players: Iterable<Player>): void {
    for (const player of players) {
      if (this.isDestroyed) return
      if (this.#holds(player)) this.book.enter(this, player)
      else this.book.leave(this, player)
    }
  }

  #holds(player: Player): boolean {
    try {
      return this.#options.test(player) === true
    } catch (error) {
      this.book.tree.options.report(error, `test of audience "${this.name}"`)
      return false
    }
  }
}
