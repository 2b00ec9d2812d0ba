import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSeededRandom } from '../random/seeded-random.ts'
import { createManualClock } from './manual-clock.ts'
import { createSystemClock } from './system-clock.ts'

describe('manual clock', () => {
  it('CL1 runs timers in the order of their time, ties in the order they were set, at their due time', () => {
    const clock = createManualClock({ startMs: 1000 })
    const ran: [string, number][] = []
    const log = (name: string) => () => ran.push([name, clock.now()])
    clock.after(30, log('c'))
    clock.after(10, log('a'))
    clock.after(10, log('b'))
    clock.every(20, log('every'))
    clock.advance(45)
    expect(ran).toEqual([
      ['a', 1010],
      ['b', 1010],
      ['every', 1020],
      ['c', 1030],
      ['every', 1040],
    ])
    expect(clock.now()).toBe(1045)
    expect(clock.pending).toBe(1)
  })

  it('CL2 runs timers made meanwhile, when they are due within the advance', () => {
    const clock = createManualClock()
    const ran: number[] = []
    const again = () => {
      ran.push(clock.now())
      if (ran.length < 3) clock.after(5, again)
    }
    clock.after(5, again)
    clock.advance(12)
    expect(ran).toEqual([5, 10])
    clock.advance(3)
    expect(ran).toEqual([5, 10, 15])
    expect(clock.pending).toBe(0)
  })

  it('CL3 a cancelled timer never runs, and may cancel itself or another one due at the same time', () => {
    const clock = createManualClock()
    const ran: string[] = []
    clock.after(1, () => ran.push('cancelled'))()
    const stop = clock.every(1, () => {
      ran.push('every')
      stop()
      stopOther()
    })
    const stopOther = clock.after(1, () => ran.push('other'))
    clock.advance(10)
    expect(ran).toEqual(['every'])
    expect(clock.pending).toBe(0)
  })

  it('CL4 goes on behind a timer that throws', () => {
    const clock = createManualClock()
    const run = vi.fn<() => void>(() => {
      throw new Error('failed')
    })
    clock.every(10, run)
    expect(() => clock.advance(25)).toThrow('failed')
    expect(() => clock.advance(10)).toThrow('failed')
    expect(run).toHaveBeenCalledTimes(2)
    expect(clock.now()).toBe(20)
  })

  it('CL5 never goes back, and an advance inside a timer is part of the outer one', () => {
    const clock = createManualClock()
    clock.after(5, () => clock.advance(20))
    clock.advance(-3)
    expect(clock.now()).toBe(0)
    clock.advance(10)
    expect(clock.now()).toBe(25)
  })

  it('CL14 runs one timer at a time, the next of however many, cancelled ones aside', () => {
    const clock = createManualClock()
    const random = createSeededRandom(1)
    const ran: number[] = []
    const expected: number[] = []
    for (let n = 0; n < 500; n += 1) {
      const dueMs = Math.floor(random.next() * 100)
      const cancel = clock.after(dueMs, () => ran.push(dueMs * 1000 + n))
      if (random.next() < 0.3) cancel()
      else expected.push(dueMs * 1000 + n)
    }
    expected.sort((one, other) => one - other)
    expect(clock.pending).toBe(expected.length)
    expect(clock.nextMs).toBe(Math.floor((expected[0] ?? 0) / 1000))
    while (clock.runNext(60));
    expect(clock.now()).toBeLessThanOrEqual(60)
    expect(ran).toEqual(expected.filter((one) => one < 61_000))
    clock.advance(100)
    expect(ran).toEqual(expected)
    expect([clock.nextMs, clock.pending, clock.runNext(1e9)]).toEqual([null, 0, false])
  })
})

describe('system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('CL6 tells milliseconds since the Unix epoch', () => {
    vi.useRealTimers()
    expect(Math.abs(createSystemClock().now() - Date.now())).toBeLessThan(60_000)
  })

  it('CL7 calls once, after the time, unless cancelled', () => {
    const clock = createSystemClock()
    const run = vi.fn<() => void>()
    const cancelled = vi.fn<() => void>()
    clock.after(50, run)
    clock.after(50, cancelled)()
    vi.advanceTimersByTime(49)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(100)
    expect(run).toHaveBeenCalledTimes(1)
    expect(cancelled).not.toHaveBeenCalled()
  })

  it('CL7 holds waits longer than a platform timer can', () => {
    const clock = createSystemClock()
    const run = vi.fn<() => void>()
    const cancel = clock.after(2 ** 31 + 5000, run)
    clock.after(Number.POSITIVE_INFINITY, run)()
    vi.advanceTimersByTime(2 ** 31)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(6000)
    expect(run).toHaveBeenCalledTimes(1)
    cancel()
  })

  it('CL7 waits 0 ms until the turn of the loop ends, unless cancelled', async () => {
    const clock = createSystemClock()
    const ran: string[] = []
    clock.after(0, () => ran.push('cancelled'))()
    clock.after(0, () => ran.push('next turn'))
    queueMicrotask(() => ran.push('this turn'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(ran).toEqual(['this turn', 'next turn'])
  })

  it('CL8 keeps the rate of a period that is no whole number, and stops', () => {
    const clock = createSystemClock()
    const run = vi.fn<() => void>()
    const stop = clock.every(1000 / 30, run)
    vi.advanceTimersByTime(10_000)
    expect(run.mock.calls.length).toBeGreaterThanOrEqual(299)
    expect(run.mock.calls.length).toBeLessThanOrEqual(300)
    stop()
    vi.advanceTimersByTime(1000)
    expect(run.mock.calls.length).toBeLessThanOrEqual(300)
  })

  it('CL9 makes no late call up, and goes on behind a callback that throws', () => {
    let nowMs = 0
    const timers: { run: () => void; waitMs: number }[] = []
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs - performance.timeOrigin)
    vi.stubGlobal('setTimeout', (run: () => void, waitMs: number) => timers.push({ run, waitMs }))
    const calls: number[] = []
    createSystemClock().every(10, () => {
      calls.push(nowMs)
      if (nowMs === 47) throw new Error('failed')
    })
    const wakeAt = (ms: number) => {
      nowMs = ms
      timers.pop()?.run()
    }
    wakeAt(10)
    expect(() => wakeAt(47)).toThrow('failed')
    expect(timers).toEqual([{ run: expect.any(Function), waitMs: 3 }])
    wakeAt(50)
    expect(calls).toEqual([10, 47, 50])
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
})
