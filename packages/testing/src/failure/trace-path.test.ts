import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tracePathOf } from './trace-path.ts'

test('FA4 a trace lies in a folder of its test file, by the test, the seed, and its number in the test', () => {
  const origin = { test: 'a race > Ana wins!', testFile: 'src/race.test.ts', seed: 7 }
  expect(tracePathOf(origin)).toBe(join('src-race-test-ts', 'a-race-ana-wins-seed-7.json'))
  expect(tracePathOf({ ...origin, number: 2 })).toBe(
    join('src-race-test-ts', 'a-race-ana-wins-seed-7-2.json'),
  )
  expect(tracePathOf({ test: '?', seed: 1 })).toBe('test-seed-1.json')
})

test('FA4 names that a file cannot hold as they are stay apart', () => {
  const long = 'a'.repeat(100)
  const names = ['競走', '競争', `${long} one`, `${long} two`]
  const paths = names.map((name) => tracePathOf({ test: name, seed: 1 }))
  expect(new Set(paths).size).toBe(names.length)
  for (const path of paths) expect(path).toMatch(/^[a-z0-9-]{1,100}\.json$/)
})
