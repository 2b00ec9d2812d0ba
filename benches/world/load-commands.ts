import { setTimeout } from 'node:timers/promises'
import { deafen, watchSockets } from '../harness/deaf-line.ts'
import { monotonicMs } from '../harness/monotonic-time.ts'
import { findDifference } from './agreement.ts'
import type { Entity } from './entity.ts'
import type { WorldClient } from './system.ts'
import { type WorldSystemName, worldSystems } from './systems.ts'
import type { Precision } from './workload.ts'

/** A tick's arrival at one client. */
export interface Arrival {
  readonly tick: number
  readonly appliedMs: number
}

/** Who joins what. */
export interface Joining {
  readonly system: WorldSystemName
  readonly port: number
  readonly count: number
  readonly precision: Precision
}

export type LoadCommands = ReturnType<typeof createLoadCommands>

interface Seat {
  client: WorldClient | null
  tick: number
  readonly deafen: () => void
}

/** Clients that have not heard the last tick by then do not agree. */
const patienceMs = 10_000

/** What a process full of clients does. */
export function createLoadCommands() {
  let seats: Seat[] = []
  let deaf: Seat[] = []
  let arrivals: Arrival[] | null = null
  let startedCpu = process.cpuUsage()

  /** A pacemaker in hundredths reads as its tick only after rounding, where singles are in between. */
  function arrived(seat: Seat, y: number): void {
    const tick = Math.round(y)
    if (tick === seat.tick) return
    seat.tick = tick
    arrivals?.push({ tick, appliedMs: monotonicMs() })
  }

  async function joinOne({ system, port, precision }: Joining): Promise<void> {
    const join = await worldSystems[system].join?.()
    const watch = watchSockets()
    const seat: Seat = { client: null, tick: 0, deafen: () => watch.sockets.forEach(deafen) }
    seats.push(seat)
    seat.client = (await join?.({ port, precision, onApplied: (y) => arrived(seat, y) })) ?? null
    watch.stop()
  }

  return {
    /** One after the other. */
    async join(joining: Joining): Promise<void> {
      for (let made = 0; made < joining.count; made++) await joinOne(joining)
    },
    /** All at once; tells how long it took until the last one had the whole world. */
    async joinTogether(joining: Joining): Promise<number> {
      // Loads what is loaded at the first use, so that the time is the joins' own.
      await worldSystems[joining.system].join?.()
      const startMs = monotonicMs()
      await Promise.all(Array.from({ length: joining.count }, () => joinOne(joining)))
      return monotonicMs() - startMs
    },
    /** All but so many go on without applying anything; they are measured and compared no more. */
    deafenAllBut(count: number): void {
      for (const seat of seats.slice(count)) {
        seat.deafen()
        deaf.push(seat)
      }
      seats = seats.slice(0, count)
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
    /** All clients leave. */
    close(): void {
      for (const { client } of [...seats, ...deaf]) client?.close()
      seats = []
      deaf = []
    },
  }
}
