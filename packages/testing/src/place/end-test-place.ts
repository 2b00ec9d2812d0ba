import type { Network } from '@banyan/protocol'
import { type LineWatch, leakedTimers } from '../leaks/leaks.ts'
import { expectConverged } from '../oracle/expect-converged.ts'
import { TestingError, type TestingErrorCode } from '../testing-error.ts'
import type { RealTimeGuard } from '../time/real-time-guard.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { SeatedPlayer } from './create-test-player.ts'
import type { TestPlace } from './test-place.ts'
import type { Checks } from './test-place-options.ts'
import type { TestServer } from './test-server.ts'

/** What a test place is made of, for taking it apart. */
export interface Parts {
  readonly place: TestPlace
  readonly checks: Checks
  readonly cleanups: readonly (() => readonly string[] | Promise<readonly string[]>)[]
  readonly guard: RealTimeGuard | null
  readonly lines: LineWatch
  readonly logged: readonly string[]
  readonly network: Network
  readonly players: ReadonlyMap<string, SeatedPlayer>
  readonly processLeaks: () => readonly string[]
  readonly server: TestServer
  readonly time: VirtualTime
}

interface Finding {
  readonly code: TestingErrorCode
  readonly problem: string
}

/** Does all of it, whatever fails on the way, and then throws what was found: one error, coded after the first finding. */
export async function endTestPlace(parts: Parts): Promise<void> {
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

  const { checks, place, lines, time } = parts
  // Where a timeline shows this line, all that the test itself did lies above it.
  place.recorder.addLogged('the test has ended, and its place is checked')
  if (checks.converged) {
    await attempt(() => letArrive(parts))
    await attempt(() => expectConverged(place))
  }
  for (const cleanup of parts.cleanups) {
    await attempt(async () => find('leaked', await cleanup()))
  }
  if (checks.logged) find('logged', parts.logged.map(loggedProblem))
  await attempt(() => takeApart(parts))
  if (checks.leaks) {
    find('leaked', [...lines.open, ...parts.processLeaks()])
    find('leaked', leakedTimers(time.waiting(), time.clock.now()))
    for (const player of parts.players.values()) find('leaked', leakedListeners(player))
  }
  find('realTime', parts.guard?.refusals ?? [])
  parts.guard?.release()
  const [first] = findings
  if (first === undefined) return
  throw new TestingError(first.code, findings.map(({ problem }) => problem).join('\n'))
}

/** Mends every line, wakes every page, and waits until everyone is in who has not left. */
async function letArrive({ network, place, players }: Parts): Promise<void> {
  network.clear()
  for (const player of players.values()) player.show()
  // Who was cut just now has to hear of it.
  await place.rest()
  await place.until('everyone is back', () =>
    [...players.values()].every(
      ({ client }) => client.state.kind !== 'connecting' && client.state.kind !== 'reconnecting',
    ),
  )
  await place.settle()
}

async function takeApart({ network, players, server, time }: Parts): Promise<void> {
  network.clear()
  for (const player of players.values()) player.close()
  await time.rest()
  await server.stop()
  await time.rest()
  network.close()
  time.end()
}

function leakedListeners({ name, page, leftListeners }: SeatedPlayer): readonly string[] {
  const ofReplica = leftListeners().map(
    (source) =>
      `the view of "${name}" left a listener on ${source}. Take it off where the effect that put it there is cleaned up.`,
  )
  if (page.listenerCount === 0) return ofReplica
  return [
    ...ofReplica,
    `"${name}" has ${page.listenerCount} frame listeners left. Take them off when a view unmounts.`,
  ]
}

function loggedProblem(line: string): string {
  return `logged: ${line}\n  Where the test means it, take it with place.takeLogged().`
}
