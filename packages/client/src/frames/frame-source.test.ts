import { createManualClock } from '@banyan/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createFrameSource } from './frame-source.ts'

function setUp() {
  const clock = createManualClock()
  const log = { warn: vi.fn(), error: vi.fn() }
  return { clock, log, frames: createFrameSource({ clock, log }) }
}

describe('createFrameSource', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('FR1: without animation frames a timer drives it, and only while someone listens', () => {
    const { clock, frames } = setUp()
    const steps: number[] = []
    const stop = frames.subscribe((dtMs) => steps.push(dtMs))
    clock.advance(50)
    expect(steps).toEqual([16, 16, 16])
    stop()
    clock.advance(1000)
    expect(steps).toHaveLength(3)
    expect(clock.pending).toBe(0)
  })

  test('FR2: follows the browser, and a page that was hidden does not leap', () => {
    const { clock, frames } = setUp()
    const requested: (() => void)[] = []
    const frame = () => requested.pop()?.()
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
      requested.push(run)
      return 1
    })
    const cancel = vi.fn()
    vi.stubGlobal('cancelAnimationFrame', cancel)
    const steps: number[] = []
    const stop = frames.subscribe((dtMs) => steps.push(dtMs))
    clock.advance(10)
    frame()
    clock.advance(60_000)
    frame()
    expect(steps).toEqual([10, 100])
    stop()
    expect(cancel).toHaveBeenCalledWith(1)
  })

  test('FR3: a failing listener is reported and stops neither the others nor the loop', () => {
    const { clock, frames, log } = setUp()
    const steps: number[] = []
    frames.subscribe(() => {
      throw new Error('no canvas')
    })
    frames.subscribe((dtMs) => steps.push(dtMs))
    clock.advance(32)
    expect(steps).toEqual([16, 16])
    expect(log.error).toHaveBeenCalledTimes(2)
  })
})
