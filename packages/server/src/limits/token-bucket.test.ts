import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

const rate = { perSecond: 60, burst: 120 }

function taken(bucket: TokenBucket, nowMs: number, tries: number): number {
  let count = 0
  for (let n = 0; n < tries; n += 1) if (bucket.take(nowMs)) count += 1
  return count
}

test('LM1 a bucket starts full and gives its burst at once', () => {
  expect(taken(new TokenBucket(rate, 0), 0, 500)).toBe(120)
})

test('LM1 several tokens are taken together or not at all', () => {
  const bucket = new TokenBucket(rate, 0)
  expect([bucket.take(0, 100), bucket.take(0, 21), bucket.take(0, 20), bucket.take(0, 0)]).toEqual([
    true,
    false,
    true,
    true,
  ])
})

test('LM2 it refills at its rate and never above its burst', () => {
  const bucket = new TokenBucket(rate, 0)
  taken(bucket, 0, 500)
  expect(taken(bucket, 500, 500)).toBe(30)
  expect(taken(bucket, 60_000, 500)).toBe(120)
})

test('LM2 a clock that stands still or steps back refills nothing', () => {
  const bucket = new TokenBucket(rate, 1000)
  taken(bucket, 1000, 500)
  expect(taken(bucket, 1000, 1)).toBe(0)
  expect(taken(bucket, 0, 1)).toBe(0)
})

test('LM2 slow steady use is never refused', () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 1 }, 0)
  for (let ms = 0; ms < 10_000; ms += 100) expect(bucket.take(ms)).toBe(true)
})
