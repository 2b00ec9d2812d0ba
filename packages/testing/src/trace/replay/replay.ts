import type { Client } from '@banyan/client'
import type { GameDefinition } from '@banyan/protocol'
import { valueText } from '../../oracle/view-text.ts'
import { TestingError } from '../../testing-error.ts'
import { createVirtualTime } from '../../time/virtual-time.ts'
import type { Trace } from '../trace.ts'
import { expectReplayable } from './replay-check.ts'
import { createReplayPlayer } from './replay-player.ts'

/** One player's part of a recorded run, lived through again by a real client. */
export interface Replay extends AsyncDisposable {
  /** A client of its own: reads, listeners, hooks, all work; nothing that it sends goes anywhere. */
  readonly client: Client
  /** Milliseconds since the start of the recording, as in the timeline. */
  readonly nowMs: number
  /** What the client warned of or failed at, so far. */
  readonly logged: readonly string[]
  /** Plays on up to and including this moment, in milliseconds since the start. Throws 'invalidOption' for one that is over. */
  to(timeMs: number): Promise<void>
  /** Plays the rest. */
  toEnd(): Promise<void>
}

/** Differences of times are not exact; a replay at a printed time may be a hair later already. */
const slackMs = 0.05

/** As an unknown value, since it may come from plain JavaScript. */
function expectLater(timeMs: unknown, nowMs: number): void {
  if (typeof timeMs !== 'number' || !Number.isFinite(timeMs)) {
    throw new TestingError(
      'invalidOption',
      `cannot replay to ${valueText(timeMs)} ms: it is no number. Pass the milliseconds since the start, as printed.`,
    )
  }
  if (timeMs >= nowMs - slackMs) return
  throw new TestingError(
    'invalidOption',
    `cannot replay to ${timeMs} ms: the replay is at ${nowMs} ms, and time goes forward only. Open another replay.`,
  )
}

/**
 * Opens a replay at the start of the recording. Throws 'otherDefinition' where the trace is of another one, and
 * 'unknownPlayer' for who is not in it.
 */
export function replayTrace(
  trace: Trace,
  { definition, player }: { readonly definition: GameDefinition; readonly player: string },
): Replay {
  expectReplayable(trace, { definition, player })
  const { startMs, endMs, seed } = trace
  const entries = trace.entries.filter((entry) => 'player' in entry && entry.player === player)
  const time = createVirtualTime({ startMs })
  const own = createReplayPlayer({ definition, clock: time.clock, player, seed })
  let next = 0

  async function playTo(untilMs: number): Promise<void> {
    for (let entry = entries[next]; entry !== undefined && entry.timeMs <= untilMs; entry = entries[next]) {
      next += 1
      await advanceTo(entry.timeMs)
      own.take(entry)
      await time.rest()
    }
    await advanceTo(untilMs)
  }

  function advanceTo(timeMs: number): Promise<void> {
    return time.advance(Math.max(0, timeMs - time.clock.now()))
  }

  return {
    client: own.client,
    logged: own.logged,
    get nowMs() {
      return time.clock.now() - startMs
    },
    async to(timeMs) {
      expectLater(timeMs, time.clock.now() - startMs)
      await playTo(Math.max(startMs + timeMs, time.clock.now()))
    },
    toEnd: () => playTo(Math.max(endMs, time.clock.now())),
    async [Symbol.asyncDispose]() {
      own.client.close()
      await time.rest()
    },
  }
}
