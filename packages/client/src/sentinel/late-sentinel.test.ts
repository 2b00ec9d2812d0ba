import { expect, test } from 'vitest'
import { createLateSentinel } from './late-sentinel.ts'
import type { SentinelOptions } from './sentinel.ts'

const options = { log: { warn: () => {}, error: () => {} } } as unknown as SentinelOptions

test('SL1 the sentinel that was passed in works at once', () => {
  const seen: unknown[] = []
  const sentinel = createLateSentinel(options, () => ({
    take: (news) => seen.push(news),
    pause: () => seen.push('pause'),
    restart: () => seen.push('restart'),
  }))
  const news = new Uint8Array([1])
  sentinel.take(news)
  sentinel.pause()
  sentinel.restart()
  expect(seen).toEqual([news, 'pause', 'restart'])
})

test('SL1 SL2 else it is loaded with the first news, and reads those that come later', async () => {
  const sentinel = createLateSentinel(options, null)
  const unreadable = new Uint8Array([9])
  sentinel.take(unreadable)
  sentinel.take(unreadable)
  await import('./sentinel.ts')
  await Promise.resolve()
  await Promise.resolve()
  expect(() => sentinel.take(unreadable)).toThrow('there is no news 9')
})
