import type { Clock } from '@banyan/datamodel'
import { createSystemClock } from '@banyan/protocol'
import { TestingError } from '../testing-error.ts'
import { createTimerLedger, type WaitingTimer } from '../time/timer-ledger.ts'
import { createVirtualTime } from '../time/virtual-time.ts'
import type { TestHostClock } from './test-host-options.ts'

/** The time of a test host, real or virtual, in one form. */
export interface HostTime {
  readonly clock: Clock
  readonly isVirtual: boolean
  /** Whether virtual time moves while a test waits. */
  readonly movesInWaiting: boolean
  clockOf(owner: string): Clock
  /** Throws 'realClock' where time is real. */
  advance(ms: number): Promise<void>
  /** A moment in which everything else may happen: virtual time moves by it, real time passes. */
  pass(ms: number): Promise<void>
  waiting(): readonly WaitingTimer[]
}

export function createHostTime(kind: TestHostClock): HostTime {
  const real = createSystemClock()
  /** Sockets live in real time, whatever the places live in. */
  const rest = (ms: number): Promise<void> => new Promise((resolve) => void real.after(ms, resolve))
  if (kind === 'real') {
    const ledger = createTimerLedger(real)
    return {
      clock: real,
      isVirtual: false,
      movesInWaiting: false,
      clockOf: ledger.clockOf,
      pass: rest,
      waiting: ledger.waiting,
      advance: () =>
        Promise.reject(
          new TestingError(
            'realClock',
            "cannot advance this place: its clock is real. Wait with until('what', condition), or make the host with clock: 'virtual'.",
          ),
        ),
    }
  }
  const virtual = createVirtualTime()
  return {
    clock: virtual.clock,
    isVirtual: true,
    movesInWaiting: kind === 'virtual',
    clockOf: virtual.clockOf,
    advance: virtual.advance,
    waiting: virtual.waiting,
    async pass(ms) {
      await rest(1)
      await virtual.advance(ms)
    },
  }
}
