import { setImmediate } from 'node:timers'
import type { Clock } from '@banyan/datamodel'
import { createManualClock, type ManualClock } from '@banyan/protocol'
import { valueText } from '../oracle/view-text.ts'
import { TestingError } from '../testing-error.ts'
import { rememberCallSite, whereOf } from './call-site.ts'
import { createTimerLedger, type WaitingTimer } from './timer-ledger.ts'

/** Runs a function that lets time pass; React's `act` is one. */
export type Envelope = (run: () => Promise<void>) => Promise<void>

/** The one clock of a test place, which moves only when the test says so. */
export interface VirtualTime {
  readonly clock: ManualClock
  /** The same clock for one owner, whose waiting timers are then known by its name. */
  clockOf(owner: string): Clock
  /** Runs all that is due within `ms`, timer by timer; between two of them everything that waits on promises runs. Throws 'invalidOption'. */
  advance(ms: number): Promise<void>
  /** Runs what is due now, without moving time. */
  rest(): Promise<void>
  /** Advances until the condition holds, which is looked at after each timer; false when it does not within `limitMs`. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>
  /** Where time was let pass by calls that are not done: whoever made them waits for none of it. */
  readonly unfinished: readonly string[]
  /** Timers that wait, with who set them and where. */
  waiting(): readonly WaitingTimer[]
  /** From now on every passing of time runs inside it; the returned function takes it off again. */
  wrap(envelope: Envelope): () => void
  /** Time stands still from now on: whoever wants it to pass gets 'placeEnded'. */
  end(): void
}

/** As far as the platform's own timers reach, some 24 days: what is longer is a slip, and would seem to hang. */
const longestMs = 2 ** 31 - 1

/** The start of virtual time, in milliseconds since the Unix epoch: a fixed one, so that no test depends on its day. */
const firstMs = Date.UTC(2030, 0, 1)

export function createVirtualTime({ startMs = firstMs } = {}): VirtualTime {
  const clock = createManualClock({ startMs })
  const ledger = createTimerLedger(clock)
  const envelopes: Envelope[] = []
  let hasEnded = false
  const unfinished = new Set<Error>()
  /** Calls run one after the other, also when the test forgot to wait for one. */
  let last: Promise<void> = Promise.resolve()

  async function run(untilMs: number, condition: () => boolean): Promise<boolean> {
    for (;;) {
      await turn()
      if (condition()) return true
      if (!clock.runNext(untilMs)) break
    }
    clock.advance(untilMs - clock.now())
    return false
  }

  async function enqueue(ms: number, condition: () => boolean): Promise<boolean> {
    if (hasEnded) {
      throw new TestingError(
        'placeEnded',
        'cannot let time pass: this test place has ended. Wait for everything that the test does before it leaves the block of `await using`.',
      )
    }
    expectDuration(ms)
    const site = rememberCallSite()
    unfinished.add(site)
    let isMet = false
    const next = last.then(() => {
      const inner = async (): Promise<void> => {
        isMet = await run(clock.now() + ms, condition)
      }
      return envelopes.reduceRight<() => Promise<void>>((rest, wrap) => () => wrap(rest), inner)()
    })
    last = next.catch(() => {})
    await next.finally(() => unfinished.delete(site))
    return isMet
  }

  return {
    clock,
    clockOf: ledger.clockOf,
    advance: async (ms) => void (await enqueue(ms, never)),
    rest: async () => void (await enqueue(0, never)),
    until: (condition, limitMs) => enqueue(limitMs, condition),
    waiting: ledger.waiting,
    get unfinished() {
      return [...unfinished].map(whereOf)
    },
    wrap(envelope) {
      envelopes.push(envelope)
      return () => void envelopes.splice(envelopes.indexOf(envelope), 1)
    },
    end() {
      hasEnded = true
    },
  }
}

const never = (): boolean => false

/** As an unknown value, since it may come from plain JavaScript; what is no number would never be reached. */
function expectDuration(ms: unknown): void {
  if (typeof ms === 'number' && ms >= 0 && ms <= longestMs) return
  throw new TestingError(
    'invalidOption',
    `cannot let ${valueText(ms)} ms pass: time only goes forward, and not forever. Pass a number from 0 to ${longestMs}.`,
  )
}

/** One turn of the process's own loop: every promise that can settle has settled by its end, however long the chain. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
