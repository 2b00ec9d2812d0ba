import { createManualClock } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTabClock } from './tab-clock.ts'

function open() {
  const clock = createManualClock()
  const tab = createTabClock(clock)
  const ran: [string, number][] = []
  const note = (name: string) => () => ran.push([name, tab.now()])
  return { clock, tab, ran, note }
}

test('TM3 a page that is seen has timers like any other', () => {
  const { clock, tab, ran, note } = open()
  tab.after(30, note('once'))
  tab.after(10, note('cancelled'))()
  const stop = tab.every(25, note('every'))
  clock.advance(60)
  stop()
  clock.advance(1000)
  expect(ran).toEqual([
    ['every', 25],
    ['once', 30],
    ['every', 50],
  ])
  expect(clock.pending).toBe(0)
})

test('TM3 a hidden page has its timers once a second, and once a minute after five minutes', () => {
  const { clock, tab, ran, note } = open()
  tab.after(1300, note('before'))
  tab.hide()
  tab.after(10, note('once'))
  const stop = tab.every(400, note('every'))
  clock.advance(3500)
  expect(ran).toEqual([
    ['once', 1000],
    ['every', 1000],
    ['every', 2000],
    ['before', 2000],
    ['every', 3000],
  ])
  ran.length = 0
  clock.advance(5 * 60_000)
  ran.length = 0
  clock.advance(120_000)
  expect(ran).toEqual([
    ['every', 360_000],
    ['every', 420_000],
  ])
  stop()
  expect(clock.pending).toBe(0)
})

test('TM3 a page that is seen again runs at once what was held back', () => {
  const { clock, tab, ran, note } = open()
  tab.hide()
  tab.after(10, note('held'))
  const cancel = tab.after(20, note('cancelled'))
  clock.advance(50)
  cancel()
  expect([ran, tab.isHidden]).toEqual([[], true])
  tab.show()
  expect([ran, tab.isHidden]).toEqual([[['held', 50]], false])
  expect(clock.pending).toBe(0)
})
