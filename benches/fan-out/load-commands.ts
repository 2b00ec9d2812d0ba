import { setTimeout } from 'node:timers/promises'
import { monotonicMs } from '../harness/monotonic-time.ts'
import { findDifference } from './agreement.ts'
import type { FanOutClient } from './system.ts'
import { type SystemName, systems } from './systems.ts'
import type { Entity } from './world.ts'

/** A tick's arrival at one client. */
export interface Arrival {
  readonly tick: number
  readonly appliedMs: number
}

export type LoadCommands = ReturnType<typeof createLoadCommands>

interface Seat {
  client: FanOutClient | null
  tick: number
}

/** Clients that have not heard the last tick by then do not agree. */
const patienceMs = 10_000

/** What a process full of clients does; `join` comes first. */
export function createLoadCommands() {
  const seats: Seat[] = []
  let arrivals: Arrival[] | null = null
  let startedCpu = process.cpuUsage()

  function arrived(seat: Seat, tick: number): void {
    if (tick === seat.tick) return
    seat.tick = tick
    arrivals?.push({ tick, appliedMs: monotonicMs() })
  }

  return {
    /** One after the other: how long joining takes is another bench's question. */
    async join({ system, port, count }: { system: SystemName; port: number; count: number }): Promise<void> {
      const join = await systems[system].join?.()
      for (let made = 0; join !== undefined && made < count; made++) {
        const seat: Seat = { client: null, tick: 0 }
        seats.push(seat)
        seat.client = await join({ port, onApplied: (tick) => arrived(seat, tick) })
      }
    },
    observe(): void {
      arrivals = []
      startedCpu = process.cpuUsage()
    },
    observed(): { readonly arrivals: readonly Arrival[]; readonly cpuMs: number } {
      const { user, system } = process.cpuUsage(startedCpu)
      const taken = arrivals ?? []
      arrivals = null
      return { arrivals: taken, cpuMs: (user + system) / 1000 }
    },
    /** The differences of all clients that do not agree with the server. */
    async compare({
      state,
      lastTick,
    }: {
      state: readonly Entity[]
      lastTick: number
    }): Promise<readonly string[]> {
      const endMs = monotonicMs() + patienceMs
      while (seats.some(({ tick }) => tick < lastTick) && monotonicMs() < endMs) await setTimeout(10)
      return seats.flatMap(({ client }) => findDifference(state, client?.state() ?? []) ?? [])
    },
    close(): void {
      for (const { client } of seats) client?.close()
    },
  }
}
