import { setTimeout as importedTimeout } from 'node:timers'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { guardRealTime } from './real-time-guard.ts'

const realNow = Date.now

test('TM5 real time and chance are refused while somebody stands guard, with what to use instead', () => {
  const guard = guardRealTime()
  const attempts: readonly [string, () => unknown][] = [
    ['setTimeout', () => setTimeout(() => {}, 1)],
    ['setInterval', () => setInterval(() => {}, 1)],
    ['Date.now', () => Date.now()],
    ['new Date()', () => new Date()],
    ['performance.now', () => performance.now()],
    ['process.hrtime', () => process.hrtime()],
    ['process.hrtime.bigint', () => process.hrtime.bigint()],
    ['AbortSignal.timeout', () => AbortSignal.timeout(1)],
    ['setTimeout of node:timers', () => importedTimeout(() => {}, 1)],
    ['setTimeout of node:timers/promises', () => pause(1)],
    ['Math.random', () => Math.random()],
    ['crypto.randomUUID', () => crypto.randomUUID()],
    ['crypto.getRandomValues', () => crypto.getRandomValues(new Uint8Array(1))],
  ]
  const problems = attempts.map(([, attempt]) => {
    try {
      attempt()
      return 'nothing'
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  })
  expect(new Date(5).getTime()).toBe(5)
  expect(new Date(5)).toBeInstanceOf(Date)
  guard.release()
  expect(problems).toEqual(attempts.map(([name]) => expect.stringContaining(`cannot use ${name} while`)))
  expect(problems[0]).toContain('place.advance(ms)')
  expect(problems[0]).toMatch(/The place was made .*real-time-guard\.test\.ts/)
  expect(guard.refusals).toHaveLength(attempts.length)
  expect(guard.refusals[0]).toContain('real-time-guard.test.ts')
})

test('TM5 two guards leave one after the other, and the last gives everything back', () => {
  const [one, other] = [guardRealTime(), guardRealTime()]
  one.release()
  expect(() => Date.now()).toThrow('cannot use Date.now')
  expect([one.refusals.length, other.refusals.length]).toEqual([0, 1])
  other.release()
  expect(Date.now).toBe(realNow)
  expect(Date.now()).toBeGreaterThan(0)
  expect(setTimeout.name).toBe('setTimeout')
})

test('TM5 fake timers that began under a guard and outlive it leave real time as it was', () => {
  const guard = guardRealTime()
  vi.useFakeTimers()
  guard.release()
  vi.useRealTimers()
  try {
    expect(Date.now()).toBeGreaterThan(0)
    clearTimeout(setTimeout(() => {}, 1000))
  } finally {
    Date.now = realNow
  }
})
