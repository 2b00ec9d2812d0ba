import { PassThrough } from 'node:stream'
import { createManualClock } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createLineEnds } from './line-ends.ts'

function setUp() {
  const clock = createManualClock()
  const ends = createLineEnds<object>(clock)
  const connection = {}
  const line = new PassThrough()
  ends.follow(connection, line)
  return { clock, ends, connection, line }
}

test('HO14 a line is cut two seconds after its connection ended', () => {
  const { clock, ends, connection, line } = setUp()
  clock.advance(60_000)
  ends.ended(connection)
  ends.ended(connection)
  clock.advance(1_999)
  expect(line.destroyed).toBe(false)
  clock.advance(1)
  expect([line.destroyed, clock.pending]).toEqual([true, 0])
})

test('HO14 a line that closes by itself leaves no timer', async () => {
  const { clock, ends, connection, line } = setUp()
  ends.ended(connection)
  line.destroy()
  await new Promise((resolve) => line.once('close', resolve))
  expect(clock.pending).toBe(0)
})

test('HO14 a line that ends its connection by breaking leaves no timer', async () => {
  const clock = createManualClock()
  const ends = createLineEnds<object>(clock)
  const [connection, line] = [{}, new PassThrough()]
  // As a WebSocket does, which hears of its line's end before everyone else.
  line.once('close', () => ends.ended(connection))
  ends.follow(connection, line)
  line.destroy()
  await new Promise((resolve) => line.once('close', resolve))
  expect(clock.pending).toBe(0)
})

test('HO14 ending all waits for the lines, whether they close or are cut', async () => {
  const { clock, ends, line } = setUp()
  const other = new PassThrough()
  ends.follow({}, other)
  const ended = ends.endAll()
  other.destroy()
  clock.advance(2_000)
  await ended
  expect([line.destroyed, clock.pending]).toEqual([true, 0])
  await ends.endAll()
})
