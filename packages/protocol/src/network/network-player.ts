import type { Clock, Random } from '@banyan/datamodel'
import { deriveSeed } from '../random/derived-seed.ts'
import { createSeededRandom } from '../random/seeded-random.ts'
import { changeConditions, type NetworkConditions, type SettledConditions } from './conditions.ts'
import { startFlap } from './flap.ts'
import type { Direction } from './network-event.ts'

/** What a network knows of a player; it outlives the player's lines. */
export interface NetworkPlayer {
  /** Null for the owner of lines that have not said hello, who never flaps. */
  readonly name: string | null
  readonly conditions: SettledConditions
  /** Why no line of this player may be open now; null when it may. */
  readonly refusal: string | null
  /** This player's own numbers for one direction. */
  random(direction: Direction): Random
  change(changes: NetworkConditions): void
  block(): void
  /** Ends a partition and a block. */
  heal(): void
  /** Takes the conditions, and flaps anew if they say so; the random numbers go on. */
  reset(conditions: SettledConditions): void
}

export interface NetworkPlayerOptions {
  readonly name: string | null
  readonly clock: Clock
  readonly conditions: SettledConditions
  /** Called when the player's lines are to be cut. */
  onDown(): void
}

export function createNetworkPlayer({
  name,
  clock,
  onDown,
  ...options
}: NetworkPlayerOptions): NetworkPlayer {
  let { conditions } = options
  let randoms = seedRandoms()
  let isDown = false
  let stopFlap: (() => void) | null = null

  function seedRandoms() {
    // A player's name is never empty, so nobody's numbers are nobody else's.
    const draw = (purpose: string) => createSeededRandom(deriveSeed(conditions.seed, purpose, name ?? ''))
    return { up: draw('up'), down: draw('down'), flap: draw('flap') }
  }

  function flapAnew(): void {
    stopFlap?.()
    stopFlap = null
    isDown = false
    const { flap } = conditions
    if (flap === null || name === null) return
    stopFlap = startFlap({
      clock,
      random: randoms.flap,
      flap,
      onTurn(turn) {
        isDown = turn
        if (isDown) onDown()
      },
    })
  }
  flapAnew()

  return {
    name,
    get conditions() {
      return conditions
    },
    get refusal() {
      if (conditions.isBlocked) return 'blocked by the network'
      return isDown ? 'cut by a flapping network' : null
    },
    random: (direction) => randoms[direction],
    change(changes) {
      conditions = changeConditions(conditions, changes)
      if (changes.seed !== undefined) randoms = seedRandoms()
      if (changes.flap !== undefined) flapAnew()
    },
    block() {
      conditions = Object.freeze({ ...conditions, isBlocked: true })
    },
    heal() {
      conditions = Object.freeze({ ...conditions, isPartitioned: false, isBlocked: false })
    },
    reset(next) {
      conditions = next
      flapAnew()
    },
  }
}
