import { expectKnown } from '../../known-options.ts'
import { valueText } from '../../oracle/view-text.ts'
import { TestingError, unknownPlayer } from '../../testing-error.ts'
import type { Trace } from '../trace.ts'

/** Which part of the run to print. */
export interface TimelineOptions {
  /** This player's messages alone, and what concerns everyone. */
  readonly player?: string
  /** In milliseconds since the start, as printed. */
  readonly fromMs?: number
  /** At most this many entries: the first ones from `fromMs` on, or without it the last ones. */
  readonly limit?: number
  /** Prints the heartbeat too, the pings and their answers, which say little. */
  readonly withPings?: boolean
}

const known = { player: true, fromMs: true, limit: true, withPings: true } satisfies Record<
  keyof TimelineOptions,
  true
>

/** Throws 'invalidOption', and 'unknownPlayer' for who is not in the trace. */
export function expectTimelineOptions(options: TimelineOptions, { players }: Pick<Trace, 'players'>): void {
  expectKnown(Object.keys(options), { cannot: 'print a timeline with', known: Object.keys(known) })
  const { player, fromMs, limit } = options
  if (player !== undefined && !players.includes(player)) {
    throw unknownPlayer(player, { known: players, advice: 'Pass the name that a player said hello with.' })
  }
  for (const [name, value] of Object.entries({ fromMs, limit })) {
    if (value === undefined || (typeof value === 'number' && value >= 0)) continue
    throw new TestingError(
      'invalidOption',
      `cannot print a timeline with ${name} ${valueText(value)}: it is no number of at least 0. Pass one, or leave it out.`,
    )
  }
}
