import { expect, test } from 'vitest'
import { createLateSentinel } from './late-sentinel.ts'
import type { SentinelOptions } from './sentinel.ts'

const logged: string[] = []
const log = { warn: () => {}, error: (line: string) => void logged.push(line) }
const options = { log } as unknown as SentinelOptions

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

test('SL1 a failure to load is told once, and nothing is watched', async () => {
  let loads = 0
  const sentinel = createLateSentinel(options, null, () => {
    loads += 1
    return Promise.reject(new Error('the page is offline'))
  })
  for (let news = 0; news < 3; news += 1) {
    sentinel.take(new Uint8Array([9]))
    await Promise.resolve()
    await Promise.resolve()
  }
  expect([loads, logged]).toEqual([1, ['the sentinel could not be loaded, and does not watch']])
})
