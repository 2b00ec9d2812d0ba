import { describe, expect, test } from 'vitest'
import { createInterpolator } from './interpolator.ts'

const lerp = (from: number, to: number, fraction: number) => from + (to - from) * fraction

describe('createInterpolator', () => {
  test('IP1: draws the past by its delay, between the samples around it', () => {
    const track = createInterpolator({ delayMs: 100, lerp })
    track.push(1000, 0)
    track.push(1100, 10)
    expect([1100, 1150, 1200].map((at) => track.at(at))).toEqual([0, 5, 10])
  })

  test('IP2: holds the first and the last value, and has none before the first', () => {
    const track = createInterpolator({ delayMs: 0, lerp })
    expect(track.at(0)).toBeNull()
    track.push(1000, 3)
    track.push(1050, 4)
    expect([0, 5000].map((at) => track.at(at))).toEqual([3, 4])
  })

  test('IP3: after standing still it moves over one gap, not over the whole silence', () => {
    const track = createInterpolator({ delayMs: 0, lerp, maxGapMs: 100 })
    track.push(0, 0)
    track.push(10_000, 10)
    expect([5000, 9900, 9950].map((at) => track.at(at))).toEqual([0, 0, 5])
  })

  test('IP4: a sample that is not newer replaces the newest', () => {
    const track = createInterpolator({ delayMs: 0, lerp })
    track.push(0, 0)
    track.push(100, 1)
    track.push(100, 7)
    expect(track.at(100)).toBe(7)
  })

  test('IP5: memory stays bounded', () => {
    const track = createInterpolator({ delayMs: 100, lerp })
    for (let at = 0; at < 1_000_000; at += 33) track.push(at, at)
    expect(track.at(0)).toBeGreaterThan(999_000)
    expect(track.at(1_000_000)).toBeCloseTo(999_900, -1)
  })

  test('IP6: after reset the next sample is jumped to', () => {
    const track = createInterpolator({ delayMs: 100, lerp })
    track.push(0, 0)
    track.reset()
    track.push(50, 90)
    expect(track.at(60)).toBe(90)
  })
})
