import { createManualClock } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import { createPulse } from './pulse.ts'

function setUp(options: { readonly isAnswering: boolean }) {
  const clock = createManualClock()
  const pings: number[] = []
  const silences: number[] = []
  const world = { ...options }
  const pulse = createPulse({
    clock,
    ping: () => {
      pings.push(clock.now())
      if (world.isAnswering) clock.after(20, () => pulse.heard())
    },
    onSilence: () => silences.push(clock.now()),
  })
  return { clock, pulse, pings, silences, world }
}

describe('createPulse', () => {
  test('CN8: five pings at once for a good first estimate, then one after 5 s without a frame', () => {
    const { clock, pings, pulse, silences } = setUp({ isAnswering: true })
    pulse.start()
    clock.advance(11_000)
    expect(pings).toEqual([0, 100, 200, 300, 400, 5420, 10_440])
    expect(silences).toEqual([])
  })

  test('CN8: where frames come, one every 15 s', () => {
    const { clock, pings, pulse } = setUp({ isAnswering: true })
    const stop = clock.every(50, () => pulse.heard())
    pulse.start()
    clock.advance(32_000)
    stop()
    expect(pings.slice(4)).toEqual([400, 15_400, 30_400])
  })

  test('CN9: a server that answers nothing for 5 s is silent, told once', () => {
    const { clock, pulse, silences, world } = setUp({ isAnswering: true })
    pulse.start()
    clock.advance(1000)
    world.isAnswering = false
    clock.advance(60_000)
    expect(silences).toEqual([10_420])
  })

  test('CN9: a server that falls silent amid frames is left 10 s after the last of them', () => {
    const { clock, pulse, silences } = setUp({ isAnswering: false })
    const stop = clock.every(50, () => pulse.heard())
    pulse.start()
    clock.advance(7000)
    stop()
    clock.advance(60_000)
    expect(silences).toEqual([17_000])
  })

  test('CN9: any frame counts as an answer', () => {
    const { clock, pulse, silences } = setUp({ isAnswering: false })
    const stop = clock.every(1000, () => pulse.heard())
    pulse.start()
    clock.advance(60_000)
    stop()
    expect(silences).toEqual([])
  })

  test('CN9: a timer that comes late, as in a hidden page, judges nobody', () => {
    let nowMs = 0
    const due: (() => void)[] = []
    const silences: number[] = []
    const pulse = createPulse({
      clock: {
        now: () => nowMs,
        after: (_ms, run) => {
          due.push(run)
          return () => {}
        },
        every: () => () => {},
      },
      ping: () => {},
      onSilence: () => silences.push(nowMs),
    })
    pulse.start()
    for (let minute = 1; minute < 10; minute += 1) {
      nowMs = minute * 60_000
      due.pop()?.()
    }
    expect(silences).toEqual([])
  })

  test('CN8: stopped, it does nothing', () => {
    const { clock, pings, pulse } = setUp({ isAnswering: true })
    pulse.start()
    pulse.stop()
    clock.advance(60_000)
    expect(pings).toEqual([0])
    expect(clock.pending).toBe(0)
  })
})
