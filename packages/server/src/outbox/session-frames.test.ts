import type { Delivery } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { SessionFrames } from './session-frames.ts'

const fire = (remote: number): Delivery => ({
  kind: 'event',
  remote,
  args: { bytes: Uint8Array.of(0), instances: [] },
})

test('PL2 who is told the same under the same numbers gets the same bytes', () => {
  const frames = new SessionFrames()
  const [shared, told] = [Uint8Array.of(1, 0), fire(7)]
  const part = { callSeq: 3, eventSeq: 2, deliveries: [told] }
  const first = frames.with(shared, part)
  expect(frames.with(shared, { ...part, deliveries: [told] })).toBe(first)
  for (const other of [
    { ...part, callSeq: 4 },
    { ...part, eventSeq: 3 },
    { ...part, deliveries: [fire(8)] },
    { ...part, deliveries: [told, told] },
    { ...part, deliveries: [] },
  ]) {
    expect(frames.with(shared, other)).not.toEqual(first)
  }
  expect(frames.with(null, part)).not.toBe(frames.with(shared, part))
})

test('PL2 nothing is held beyond a flush', () => {
  const frames = new SessionFrames()
  const part = { callSeq: 3, eventSeq: 2, deliveries: [fire(7)] }
  const first = frames.with(null, part)
  frames.forget()
  expect(frames.with(null, part)).not.toBe(first)
  expect(frames.with(null, part)).toEqual(first)
})
