import { describe, expect, it } from 'vitest'
import {
  createNetworkWorld,
  type Heard,
  reliable,
  timesOf,
  unreliable,
} from '../../fixtures/network-world.ts'
import { createManualClock } from '../clocks/manual-clock.ts'
import type { NetworkConditions } from './conditions.ts'
import { createNetwork } from './create-network.ts'

const rough: NetworkConditions = { latencyMs: 20, jitterMs: 200, loss: 0.2, reorder: 0.3 }

interface Run {
  readonly seed?: number
  readonly conditions?: NetworkConditions
  /** How many frames another player sends between any two of ana's. */
  readonly others?: number
  readonly change?: NetworkConditions
}

/** What ana's server and client heard of 200 frames each way. */
function run({ seed = 1, conditions = rough, others = 0, change }: Run): { up: Heard[]; down: Heard[] } {
  const { clock, network, join } = createNetworkWorld({ seed })
  const [ana, bo] = [join('ana'), join('bo')]
  network.setForAll(conditions)
  if (change !== undefined) network.set('ana', change)
  for (let number = 0; number < 200; number += 1) {
    for (let other = 0; other < others; other += 1) bo.client.channel.send(unreliable(other))
    ana.client.channel.send(unreliable(number))
    ana.server.channel.send(reliable(number))
    clock.advance(33)
  }
  clock.advance(1000)
  return { up: ana.server.heard, down: ana.client.heard }
}

describe('seed of a network', () => {
  it('NW10 the same seed gives the same run, another seed another one', () => {
    expect(run({ seed: 7 })).toEqual(run({ seed: 7 }))
    expect(run({ seed: 8 }).up).not.toEqual(run({ seed: 7 }).up)
    expect(run({ seed: 8 }).down).not.toEqual(run({ seed: 7 }).down)
  })

  it('NW10 nobody else’s traffic changes a player’s numbers, nor the other direction', () => {
    const alone = run({})
    expect(run({ others: 3 })).toEqual(alone)
    expect(run({ change: { down: { loss: 0, jitterMs: 0 } } }).up).toEqual(alone.up)
    expect(run({ change: { up: { latencyMs: 400 } } }).down).toEqual(alone.down)
  })

  it('NW10 changing one condition leaves to each frame what the others do to it', () => {
    const numbers = (heard: readonly Heard[]) => new Set(heard.map(({ number }) => number))
    const before = numbers(run({}).up)
    expect(numbers(run({ change: { jitterMs: 0, reorder: 0, latencyMs: 300 } }).up)).toEqual(before)
  })

  it('NW10 players and directions have unrelated numbers', () => {
    const { clock, network, join } = createNetworkWorld()
    const guests = [join('ana'), join('bo')]
    network.setForAll({ jitterMs: 1000 })
    for (const { client, server } of guests) {
      client.channel.send(reliable(1))
      server.channel.send(reliable(1))
    }
    clock.advance(1000)
    const times = guests.flatMap(({ client, server }) => [...timesOf(client.heard), ...timesOf(server.heard)])
    expect(new Set(times).size).toBe(4)
  })

  it('NW10 a player’s seed begins the numbers anew, over reconnections too', () => {
    const { clock, network, join } = createNetworkWorld()
    const delays = () => {
      const { client, server } = join('ana')
      for (let number = 0; number < 20; number += 1) {
        client.channel.send(reliable(number))
        clock.advance(1000)
      }
      return server.heard.map(({ number, timeMs }) => Math.round(timeMs - number * 1000 - startMs))
    }
    network.set('ana', { jitterMs: 500, seed: 5 })
    let startMs = clock.now()
    const first = delays()
    startMs = clock.now()
    expect(delays()).not.toEqual(first)
    network.set('ana', { seed: 5 })
    startMs = clock.now()
    expect(delays()).toEqual(first)
  })

  it.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY])('NW10 refuses the seed %d', (seed) => {
    const clock = createManualClock()
    expect(() => createNetwork({ clock, seed })).toThrow(expect.objectContaining({ code: 'invalidSeed' }))
  })
})
