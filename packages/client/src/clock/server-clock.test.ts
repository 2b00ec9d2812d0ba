import { createManualClock, createSeededRandom } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import { createServerClock } from './server-clock.ts'

/** A server that is `offsetMs` ahead, reached with the given delays. */
function setUp({ offsetMs = 5000 } = {}) {
  const clock = createManualClock({ startMs: 1_000_000 })
  const serverClock = createServerClock(clock)
  const world = { offsetMs }
  const pass = (upMs: number, downMs: number) => {
    const sentMs = clock.now()
    clock.advance(upMs)
    const serverMs = clock.now() + world.offsetMs
    clock.advance(downMs)
    return { sentMs, serverMs, receivedMs: clock.now() }
  }
  return {
    clock,
    serverClock,
    world,
    truth: () => clock.now() + world.offsetMs,
    error: () => serverClock.now() - (clock.now() + world.offsetMs),
    greet: (upMs: number, downMs: number) => serverClock.begin(pass(upMs, downMs)),
    exchange: (upMs: number, downMs: number) => serverClock.addSample(pass(upMs, downMs)),
  }
}

describe('createServerClock', () => {
  test('SC1: before the first exchange it is the client clock', () => {
    const { clock, serverClock } = setUp()
    expect(serverClock.now()).toBe(clock.now())
    expect(serverClock.roundTripMs).toBeNull()
  })

  test('SC2: the first exchange is taken whole, half a round trip allowed for', () => {
    const { error, exchange, serverClock } = setUp()
    exchange(20, 20)
    expect(error()).toBe(0)
    expect(serverClock.roundTripMs).toBe(40)
  })

  test('SC10: what the server has stamped is never in the future', () => {
    const { clock, error, exchange, serverClock, truth } = setUp()
    // All the way up, none of it down: the estimate is half of it behind.
    exchange(0, 40)
    exchange(40, 0)
    clock.advance(10_000)
    expect(error()).toBeLessThan(0)
    const stampedMs = truth()
    serverClock.hear(stampedMs)
    expect(serverClock.now()).toBe(stampedMs)
    serverClock.hear(stampedMs - 1000)
    expect(serverClock.now()).toBe(stampedMs)
    clock.advance(100)
    expect(Math.abs(error())).toBeLessThan(1)
    serverClock.reset()
    serverClock.hear(stampedMs + 5000)
    expect(serverClock.now()).toBe(clock.now())
  })

  test('SC9: a greeting begins it, without being ahead by the time that the server took for it', () => {
    const { error, exchange, greet, serverClock } = setUp()
    greet(20, 20)
    expect(error()).toBe(0)
    serverClock.reset()
    greet(3020, 20)
    expect(error()).toBe(80)
    expect(serverClock.roundTripMs).toBeNull()
    serverClock.reset()
    greet(300, 300)
    expect(error()).toBe(-200)
    exchange(300, 300)
    expect(error()).toBe(0)
  })

  test('SC9: the greeting of a resume changes nothing', () => {
    const { clock, error, exchange, greet, serverClock } = setUp()
    for (let count = 0; count < 5; count += 1) exchange(20, 20)
    serverClock.clearWindow()
    greet(5000, 20)
    clock.advance(1000)
    expect(error()).toBe(0)
  })

  test('SC3: of a window, the exchange with the shortest round trip counts', () => {
    const { clock, error, exchange } = setUp()
    exchange(300, 20)
    expect(error()).toBeCloseTo(140)
    exchange(25, 25)
    exchange(30, 600)
    clock.advance(10_000)
    expect(error()).toBeCloseTo(0)
  })

  test('SC4: a settled clock is slewed by at most half a percent', () => {
    const { clock, error, exchange, world } = setUp()
    for (let count = 0; count < 5; count += 1) exchange(20, 20)
    world.offsetMs += 10
    for (let count = 0; count < 8; count += 1) exchange(20, 20)
    const before = error()
    expect(before).toBeGreaterThanOrEqual(-10)
    clock.advance(1000)
    expect(error() - before).toBeGreaterThan(4.9)
    expect(error() - before).toBeLessThanOrEqual(5.001)
    clock.advance(10_000)
    expect(error()).toBeCloseTo(0)
  })

  test('SC5: an error beyond 250 ms is corrected forward at once and backward at half speed', () => {
    const { clock, error, exchange, serverClock, world } = setUp()
    for (let count = 0; count < 5; count += 1) exchange(20, 20)
    world.offsetMs += 3_600_000
    serverClock.clearWindow()
    exchange(20, 20)
    expect(error()).toBeCloseTo(0)
    world.offsetMs -= 1000
    serverClock.clearWindow()
    exchange(20, 20)
    clock.advance(1000)
    expect(error()).toBeCloseTo(500)
    clock.advance(1000)
    expect(error()).toBeCloseTo(0)
  })

  test('SC6: it never goes backwards, whatever the network does', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createSeededRandom(seed)
      const { clock, exchange, serverClock, world } = setUp()
      let last = 0
      for (let step = 0; step < 100; step += 1) {
        if (step > 0 && random.next() < 0.05) world.offsetMs += (random.next() - 0.5) * 2000
        exchange(random.next() * 300, random.next() * 300)
        clock.advance(random.next() * 500)
        const now = serverClock.now()
        expect(now, `seed ${seed}`).toBeGreaterThanOrEqual(last)
        last = now
      }
    }
  })

  test('SC7: two clients of one server under 200±80 ms differ by less than 20 ms', () => {
    const random = createSeededRandom(7)
    const errors = [setUp({ offsetMs: -70_000 }), setUp({ offsetMs: 123 })].map((client) => {
      for (let count = 0; count < 40; count += 1) {
        client.exchange(60 + random.next() * 80, 60 + random.next() * 80)
        client.clock.advance(5000)
      }
      return client.error()
    })
    expect(Math.abs((errors[0] ?? 0) - (errors[1] ?? 0))).toBeLessThan(20)
  })

  test('SC8: after reset it takes another server at its word, even an earlier one', () => {
    const { error, exchange, serverClock, world } = setUp()
    exchange(20, 20)
    world.offsetMs -= 60_000
    serverClock.reset()
    exchange(20, 20)
    expect(error()).toBe(0)
  })
})
