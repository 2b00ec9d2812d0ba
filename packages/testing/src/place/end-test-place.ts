import { leftTimers } from '../leaks/left-timers.ts'
import { expectConverged } from '../oracle/expect-converged.ts'
import { TestingError, type TestingErrorCode } from '../testing-error.ts'
import type { RealTimeGuard } from '../time/real-time-guard.ts'
import type { SeatedPlayer } from './create-test-player.ts'
import type { Parts } from './parts.ts'
import type { Seats } from './seats.ts'
import type { TestPlace } from './test-place.ts'
import type { Checks } from './test-place-options.ts'

/** What is looked at when a test place ends. */
export interface Ending {
  readonly parts: Parts
  readonly place: TestPlace
  readonly seats: Seats
  readonly checks: Checks
  /** Each returns what it found. */
  readonly cleanups: readonly (() => readonly string[] | Promise<readonly string[]>)[]
  readonly guard: RealTimeGuard | null
  readonly processLeaks: () => readonly string[]
}

interface Finding {
  readonly code: TestingErrorCode
  readonly problem: string
}

/** Does all of it, whatever fails on the way, and then throws what was found: one error, coded after the first finding. */
export async function endTestPlace(ending: Ending): Promise<void> {
  const { checks, place, parts, seats, guard } = ending
  const { lines, recorder, time } = parts
  const findings: Finding[] = []
  const attempt = async (work: () => unknown): Promise<void> => {
    try {
      await work()
    } catch (error) {
      const code = error instanceof TestingError ? error.code : 'failed'
      findings.push({ code, problem: error instanceof Error ? error.message : String(error) })
    }
  }
  const find = (code: TestingErrorCode, problems: readonly string[]): void => {
    for (const problem of problems) findings.push({ code, problem })
  }

  find('notAwaited', time.unfinished.map(notAwaited))
  // Where a timeline shows this line, all that the test itself did lies above it.
  recorder.addLogged('the test has ended, and its place is checked')
  if (checks.converged) {
    await attempt(() => letArrive(parts, ending))
    await attempt(() => expectConverged(place))
  }
  for (const cleanup of ending.cleanups) {
    await attempt(async () => find('leaked', await cleanup()))
  }
  await attempt(() => takeApart(parts, seats))
  // What scripts do when they stop, too.
  if (checks.logged) find('logged', parts.takeLogged().map(loggedProblem))
  if (checks.leaks) {
    find('leaked', [...lines.left(), ...ending.processLeaks()])
    find('leaked', leftTimers(time.waiting(), time.clock.now()))
    for (const player of seats.all) find('leaked', leakedListeners(player))
  }
  find('realTime', guard?.refusals ?? [])
  guard?.release()
  const [first] = findings
  if (first === undefined) return
  throw new TestingError(first.code, findings.map(({ problem }) => problem).join('\n'))
}

/** Mends every line, wakes every page, and waits until everyone is in who has not left. */
async function letArrive({ network }: Parts, { place, seats }: Ending): Promise<void> {
  network.clear()
  for (const player of seats.all) player.show()
  // Who was cut just now has to hear of it.
  await place.rest()
  await place.until('everyone is back', () =>
    seats.all.every(
      ({ client }) => client.state.kind !== 'connecting' && client.state.kind !== 'reconnecting',
    ),
  )
  await place.settle()
}

/** Closes every client and the server, and ends the place's time. */
export async function takeApart({ network, server, time }: Parts, seats: Seats): Promise<void> {
  network.clear()
  for (const player of seats.all) player.close()
  await time.rest()
  await server.stop()
  await time.rest()
  network.close()
  time.end()
}

function leakedListeners({ name, page, leftListeners }: SeatedPlayer): readonly string[] {
  return [
    ...leftListeners().map(
      (source) =>
        `the view of "${name}" left a listener on ${source}. Take it off where the effect that put it there is cleaned up.`,
    ),
    ...page.listening.map(
      (where) =>
        `a frame listener of "${name}" is left; it was set ${where}. Take it off when the view unmounts.`,
    ),
  ]
}

function notAwaited(where: string): string {
  return `time that the test lets pass was not waited for, so the test went on before it: ${where}. Write await before every advance, tick, settle, until, join, leave, reload and reconnect.`
}

function loggedProblem(line: string): string {
  return `logged: ${line}\n  Where the test means it, take it with place.takeLogged().`
}
