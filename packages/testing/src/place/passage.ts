import type { DataModel, TreeSnapshot } from '@banyan/datamodel'
import { expectKnown } from '../known-options.ts'
import { valueText } from '../oracle/view-text.ts'
import { TestingError } from '../testing-error.ts'
import type { Parts } from './parts.ts'

export interface PassageOptions {
  /** Of virtual time; 60,000 when left out. */
  readonly limitMs?: number
  /** What somebody could do about it. */
  readonly advice?: string
}

/** The ways in which a test lets time pass until something has happened. */
export interface Passage {
  /** Throws 'didNotHappen' at the limit, with what to do. */
  until(what: string, condition: () => boolean, options?: PassageOptions): Promise<void>
  tick(): Promise<void>
  settle(): Promise<void>
  /** What was committed before the last tick, which sent it; null before the first, and after a restart. */
  readonly sent: TreeSnapshot | null
}

const settleLimitMs = 10_000
const untilLimitMs = 60_000

const optionNames = { limitMs: true, advice: true } as const satisfies Record<keyof PassageOptions, true>

/** As unknown values, since they may come from plain JavaScript. */
function expectQuestion(what: unknown, condition: unknown, options: PassageOptions): void {
  const isQuestion = typeof what === 'string' && typeof condition === 'function'
  if (!isQuestion) {
    throw new TestingError(
      'invalidOption',
      `cannot wait until ${valueText(what)}: a text comes first, then the condition. Write until('what happens', () => …).`,
    )
  }
  expectKnown(Object.keys(options), { cannot: 'wait with', known: Object.keys(optionNames) })
}

export function createPassage({ time, server, traffic }: Parts): Passage {
  let last: { readonly game: DataModel; readonly snapshot: TreeSnapshot } | null = null

  async function until(what: string, condition: () => boolean, options: PassageOptions = {}): Promise<void> {
    expectQuestion(what, condition, options)
    const { limitMs = untilLimitMs, advice = 'Look at the timeline, or pass a longer limitMs.' } = options
    if (holds(condition) || (await time.until(condition, limitMs))) return
    throw new TestingError(
      'didNotHappen',
      `did not happen within ${limitMs} ms of virtual time: ${what}. ${advice}`,
    )
  }

  /** A promise counts as true wherever it is asked, so that a test would pass that waited for nothing. */
  function holds(condition: () => unknown): boolean {
    const held = condition()
    if (!(held instanceof Promise)) return Boolean(held)
    held.catch(() => {})
    throw new TestingError(
      'invalidOption',
      'cannot wait for a condition that returns a promise: it is looked at between two events. Return true or false.',
    )
  }

  async function tick(): Promise<void> {
    const { game } = server.place
    const { snapshot } = game
    const { ticks } = server.place.stats
    await until('the next tick', () => server.place.stats.ticks > ticks, { limitMs: 1000 })
    await time.rest()
    traffic.tick()
    last = { game, snapshot }
  }

  async function settle(): Promise<void> {
    await time.rest()
    const endMs = time.clock.now() + settleLimitMs
    do await tick()
    while (!traffic.isQuiet && time.clock.now() < endMs)
  }

  return {
    until,
    tick,
    settle,
    get sent() {
      return last?.game === server.place.game ? last.snapshot : null
    },
  }
}
