import type { TreeSnapshot } from '@banyan/datamodel'
import { createMemoryTransport, createNetwork } from '@banyan/protocol'
import type { Log } from '@banyan/server'
import { watchLines, watchProcessListeners } from '../leaks/leaks.ts'
import type { Witness } from '../oracle/expect-converged.ts'
import { createSnapshotHistory } from '../oracle/snapshot-history.ts'
import { viewText } from '../oracle/view-text.ts'
import { TestingError } from '../testing-error.ts'
import { guardRealTime } from '../time/real-time-guard.ts'
import { createVirtualTime } from '../time/virtual-time.ts'
import { createRecorder } from '../trace/recorder.ts'
import { timeline } from '../trace/timeline/timeline.ts'
import { createTestPlayer, type SeatedPlayer } from './create-test-player.ts'
import { endTestPlace } from './end-test-place.ts'
import type { TestPlace } from './test-place.ts'
import { allChecks, expectName, expectSeed, type TestPlaceOptions } from './test-place-options.ts'
import type { TestPlayer } from './test-player.ts'
import { createTestServer, placeName } from './test-server.ts'
import { createTraffic } from './traffic.ts'

const settleLimitMs = 10_000
const untilLimitMs = 60_000

/**
 * Makes a place with its players in it. Throws 'invalidOption', 'refused' where a player is not let in, and the
 * network's 'invalidConditions'.
 */
export async function createTestPlace(options: TestPlaceOptions): Promise<TestPlace> {
  const seed = expectSeed(options.seed ?? 1)
  const checks = { ...allChecks, ...options.checks }
  const processLeaks = watchProcessListeners()
  const guard = checks.realTime ? guardRealTime() : null
  const time = createVirtualTime()
  const { clock } = time
  const logged: string[] = []
  const log: Log = {
    info: () => {},
    warn: note,
    error: (line, cause) => note(`${line}: ${textOf(cause)}`),
  }
  function note(line: string): void {
    logged.push(line)
    recorder.addLogged(line)
  }
  const network = createNetwork({ clock: time.clockOf('the network'), seed })
  const recorder = createRecorder({
    network,
    clock,
    seed,
    definition: options.definition,
    causeOf: (number) => server.place.causes.of(number),
    ...(options.recordedBytes === undefined ? {} : { maxBytes: options.recordedBytes }),
  })
  const traffic = createTraffic(network, (run) => clock.after(0, run))
  const lines = watchLines(network)
  if (options.network !== undefined) network.setForAll(options.network)
  const memory = createMemoryTransport({
    schedule: traffic.schedule,
    report: (error) => log.error('a line failed', error),
  })
  const server = createTestServer({
    options,
    seed,
    clock: time.clockOf('the server'),
    log,
    transport: network.wrap(memory.server),
    onCommit(patch) {
      recorder.onCommit(patch)
      history.note()
    },
  })
  const history = createSnapshotHistory(() => server.place.game)
  history.note()
  const players = new Map<string, SeatedPlayer>()
  let hasEnded = false
  const cleanups: Parameters<TestPlace['onEnd']>[0][] = []

  async function until(what: string, condition: () => boolean, limitMs = untilLimitMs): Promise<void> {
    if (condition() || (await time.until(condition, limitMs))) return
    throw new TestingError(
      'didNotHappen',
      `did not happen within ${limitMs} ms of virtual time: ${what}. Look at the timeline, or pass a longer limitMs.`,
    )
  }

  async function tick(): Promise<void> {
    const { ticks } = server.place.stats
    await until('the next tick', () => server.place.stats.ticks > ticks, 1000)
    await time.rest()
    traffic.tick()
  }

  async function settle(): Promise<void> {
    await time.rest()
    const endMs = clock.now() + settleLimitMs
    do await tick()
    while (!traffic.isQuiet && clock.now() < endMs)
  }

  function playerNamed(name: string): SeatedPlayer {
    const player = players.get(name)
    if (player !== undefined) return player
    throw new TestingError(
      'unknownPlayer',
      `cannot find player "${name}": there are ${[...players.keys()].map((each) => `"${each}"`).join(', ') || 'none'}. Call place.join("${name}") first.`,
    )
  }

  function playerIdOf(name: string): number | null {
    if (name === 'stranger') return null
    const { player } = playerNamed(name)
    if (player !== null) return player.id
    throw new TestingError(
      'unknownPlayer',
      `cannot view as "${name}": the server has no such player now. Let them join, or view as "stranger".`,
    )
  }

  const place: TestPlace = {
    seed,
    clock: time.clockOf('the test'),
    network,
    recorder,
    transport: memory.client,
    get server() {
      return server.place
    },
    get game() {
      return server.place.game
    },
    get remote() {
      return server.place.remote
    },
    get players() {
      return [...players.values()]
    },
    get witnesses() {
      return witnessesOf(players.values(), (name, seq) =>
        traffic.isQuiet && !network.conditionsOf(name).isPartitioned ? place.game.snapshot : history.at(seq),
      )
    },
    get timers() {
      return time.waiting()
    },
    player: playerNamed,
    invite(name, { network: conditions, client } = {}) {
      expectName(name, new Set(players.keys()))
      if (conditions !== undefined) network.set(client?.name ?? name, conditions)
      const player = createTestPlayer({
        name,
        seed,
        network,
        log,
        until,
        definition: options.definition,
        transport: memory.client,
        clock: time.clockOf(`"${name}"`),
        players: () => server.place.players.getPlayers(),
        client: { place: placeName, ...client },
      })
      players.set(name, player)
      return player
    },
    async join(name, how) {
      const player = place.invite(name, how)
      await player.join()
      return player
    },
    advance: time.advance,
    rest: time.rest,
    tick,
    settle,
    until: (what, condition, { limitMs } = {}) => until(what, condition, limitMs),
    viewAs: (name, how) => viewText(server.place.game.snapshot, playerIdOf(name), how),
    timeline: (how) => timeline(recorder.trace(), options.definition, how),
    takeLogged: () => logged.splice(0),
    async restart() {
      await server.stop('The server restarts.')
      await time.rest()
      server.start()
      history.note()
    },
    wrap: time.wrap,
    onEnd: (cleanup) => void cleanups.unshift(cleanup),
    async [Symbol.asyncDispose]() {
      if (hasEnded) return
      hasEnded = true
      await endTestPlace({
        checks,
        cleanups,
        guard,
        lines,
        logged,
        network,
        place,
        players,
        processLeaks,
        server,
        time,
      })
    },
  }
  for (const name of options.players ?? []) await place.join(name)
  return place
}

function witnessesOf(
  players: Iterable<TestPlayer>,
  snapshotFor: (name: string, seq: number) => TreeSnapshot | null,
): readonly Witness[] {
  const witnesses: Witness[] = []
  for (const { name, client, game } of players) {
    if (client.state.kind !== 'joined') continue
    const snapshot = snapshotFor(name, game.snapshot.seq)
    witnesses.push({ name, playerId: client.state.playerId, game, snapshot })
  }
  return witnesses
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause)
}
