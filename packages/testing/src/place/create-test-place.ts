import { watchProcessListeners } from '../leaks/process-listeners.ts'
import { viewText } from '../oracle/view-text.ts'
import { guardRealTime } from '../time/real-time-guard.ts'
import { timeline } from '../trace/timeline/timeline.ts'
import { type Ending, endTestPlace, takeApart } from './end-test-place.ts'
import { createParts, type Parts } from './parts.ts'
import { createPassage } from './passage.ts'
import { createSeats } from './seats.ts'
import type { TestPlace } from './test-place.ts'
import {
  allChecks,
  type Checks,
  expectOptions,
  expectSeed,
  type TestPlaceOptions,
} from './test-place-options.ts'

/**
 * Makes a place with its players in it. Throws 'invalidOption', 'refused' where a player is not let in, and the
 * network's 'invalidConditions'; then nothing of it is left.
 */
export async function createTestPlace(options: TestPlaceOptions): Promise<TestPlace> {
  const { place } = await openTestPlace(options)
  return place
}

/** A test place, and a way out for tests that will never come to its end. */
export interface OpenTestPlace {
  readonly place: TestPlace
  /** Takes the place apart without a check: nothing of it reaches the next test. */
  abandon(): Promise<void>
}

/** For those who watch over a test; throws what `createTestPlace` does. */
export async function openTestPlace(options: TestPlaceOptions): Promise<OpenTestPlace> {
  expectOptions(options)
  const seed = expectSeed(options.seed ?? 1)
  const checks = { ...allChecks, ...options.checks }
  const processLeaks = watchProcessListeners()
  const guard = checks.realTime ? guardRealTime() : null
  try {
    const parts = createParts(options, seed)
    return await furnish(options, parts, { checks, guard, processLeaks })
  } catch (error) {
    guard?.release()
    throw error
  }
}

async function furnish(
  options: TestPlaceOptions,
  parts: Parts,
  watches: Pick<Ending, 'guard' | 'processLeaks'> & { readonly checks: Checks },
): Promise<OpenTestPlace> {
  const { seed, time, network, server, recorder, takeLogged } = parts
  const passage = createPassage(parts)
  const seats = createSeats(options, parts, passage)
  const cleanups: Ending['cleanups'][number][] = []
  let hasEnded = false
  /** One after the other, also when the test forgot to wait for one. */
  let restarted: Promise<void> = Promise.resolve()

  async function restart(): Promise<void> {
    await server.stop('The server restarts.')
    await time.rest()
    server.start()
    parts.history.note()
  }

  const place: TestPlace = {
    seed,
    clock: time.clockOf('the test'),
    network,
    recorder,
    transport: parts.transport,
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
      return seats.all
    },
    get witnesses() {
      return seats.witnesses
    },
    get timers() {
      return time.waiting()
    },
    player: seats.find,
    invite: (name, how = {}) => seats.add(name, how),
    async join(name, how = {}) {
      const player = seats.add(name, how)
      await player.join()
      return player
    },
    advance: time.advance,
    rest: time.rest,
    tick: passage.tick,
    settle: passage.settle,
    until: passage.until,
    viewAs: (name, how) => viewText(server.place.game.snapshot, seats.playerIdOf(name), how),
    timeline: (how) => timeline(recorder.trace(), options.definition, how),
    takeLogged: () => takeLogged(),
    restart() {
      const next = restarted.then(restart)
      restarted = next.catch(() => {})
      return next
    },
    wrap: time.wrap,
    onEnd: (cleanup) => void cleanups.unshift(cleanup),
    get hasEnded() {
      return hasEnded
    },
    async [Symbol.asyncDispose]() {
      if (hasEnded) return
      hasEnded = true
      await endTestPlace({ ...watches, parts, place, seats, cleanups })
    },
  }
  try {
    for (const name of options.players ?? []) await place.join(name)
  } catch (error) {
    await takeApart(parts, seats)
    throw error
  }
  async function abandon(): Promise<void> {
    hasEnded = true
    watches.guard?.release()
    recorder.addLogged('the test has left its place, which is taken apart')
    for (const cleanup of cleanups) await Promise.resolve().then(cleanup).catch(ignore)
    await takeApart(parts, seats).catch(ignore)
  }
  return { place, abandon }
}

/** The test has failed already. */
const ignore = (): void => {}
