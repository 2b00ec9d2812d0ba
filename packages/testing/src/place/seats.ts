import { expectKnown } from '../known-options.ts'
import type { Witness } from '../oracle/expect-converged.ts'
import { TestingError, unknownPlayer } from '../testing-error.ts'
import { createTestPlayer, type SeatedPlayer } from './create-test-player.ts'
import type { Parts } from './parts.ts'
import type { Passage } from './passage.ts'
import type { JoinOptions } from './test-place.ts'
import { expectName, type TestPlaceOptions } from './test-place-options.ts'
import { placeName } from './test-server.ts'

/** The players of a test place, by name. */
export interface Seats {
  readonly all: readonly SeatedPlayer[]
  readonly witnesses: readonly Witness[]
  /** Throws 'invalidOption' for a name that cannot be or that is taken. */
  add(name: string, options: JoinOptions): SeatedPlayer
  /** Throws 'unknownPlayer'. */
  find(name: string): SeatedPlayer
  /** The id of the server's Player, or null for "stranger". Throws 'unknownPlayer'. */
  playerIdOf(name: string): number | null
}

const joinOptionNames = { client: true, network: true } as const satisfies Record<keyof JoinOptions, true>

export function createSeats({ definition }: TestPlaceOptions, parts: Parts, passage: Passage): Seats {
  const { seed, time, network, server, traffic, history, log } = parts
  const players = new Map<string, SeatedPlayer>()

  function find(name: string): SeatedPlayer {
    const player = players.get(name)
    if (player !== undefined) return player
    throw unknownPlayer(name, { known: players.keys(), advice: `Call place.join("${name}") first.` })
  }

  /** What a slow line took until just now comes with the next tick. */
  function isHeldBack(): boolean {
    const { behind, skipping } = server.place.stats
    return !traffic.isQuiet && behind + skipping > 0
  }

  function witnessOf({ name, helloName, client, game }: SeatedPlayer): Witness | null {
    if (client.state.kind !== 'joined') return null
    const mayComeLater = !traffic.isStill || network.conditionsOf(helloName).isPartitioned || isHeldBack()
    return {
      name,
      playerId: client.state.playerId,
      game,
      snapshot: history.at(game.stamp.seq),
      owed: mayComeLater ? null : passage.sent,
      mayLag: mayComeLater,
    }
  }

  return {
    get all() {
      return [...players.values()]
    },
    get witnesses() {
      return [...players.values()].map(witnessOf).filter((witness) => witness !== null)
    },
    add(name, options) {
      const { network: conditions, client = {} } = options
      expectKnown(Object.keys(options), {
        cannot: `let "${name}" join with`,
        known: Object.keys(joinOptionNames),
      })
      expectName(name, new Set(players.keys()))
      if (conditions !== undefined) network.set(client.name ?? name, conditions)
      const player = createTestPlayer({
        name,
        seed,
        network,
        log,
        until: (what, condition) => passage.until(what, condition, { advice: adviceFor(name) }),
        definition,
        transport: parts.transport,
        clock: time.clockOf(`"${name}"`),
        frameClock: time.clock,
        players: () => server.place.players.getPlayers(),
        client: { place: placeName, ...client },
      })
      players.set(name, player)
      return player
    },
    find,
    playerIdOf(name) {
      if (name === 'stranger') return null
      const { player } = find(name)
      if (player !== null) return player.id
      throw new TestingError(
        'unknownPlayer',
        `cannot view as "${name}": the server has no such player now. Let them join, or view as "stranger".`,
      )
    },
  }
}

function adviceFor(name: string): string {
  return `Is the line of "${name}" partitioned or blocked? Heal it first, or do what does not wait: client.close(), network.cut(), reopen().`
}
