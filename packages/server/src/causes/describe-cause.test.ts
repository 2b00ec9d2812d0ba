import { expect, test } from 'vitest'
import type { Cause } from './cause.ts'
import { describeCause } from './describe-cause.ts'

const at = { number: 7, timeMs: 1200 }
const buy = { ...at, kind: 'remote', remote: 'buy', player: 'ana' } as const
const first = { ...at, kind: 'script', script: 0 } as const

const told: readonly (readonly [string, Cause | null])[] = [
  ['unknown', null],
  ['remote "buy" by ana at 1200 ms', buy],
  ['script 0', first],
  ['the place itself', { ...at, kind: 'place' }],
  ['join of ana at 1200 ms', { ...at, kind: 'join', player: 'ana' }],
  ['task "delay" from script 0', { ...at, kind: 'task', source: 'delay', parent: 7, origin: first }],
  ['task "spawn" from unknown', { ...at, kind: 'task', source: 'spawn', parent: 0, origin: null }],
  ['heartbeat at 1200 ms, handler from script 0', { ...at, kind: 'heartbeat', parent: 7, origin: first }],
  [
    'leave of bo (kicked) at 1200 ms, from remote "buy" by ana at 1200 ms',
    { ...at, kind: 'leave', player: 'bo', reason: 'kicked', parent: 7, origin: buy },
  ],
  [
    'leave of bo (left) at 1200 ms',
    { ...at, kind: 'leave', player: 'bo', reason: 'left', parent: 0, origin: null },
  ],
]

test.each(told)('CS11 a cause is told as: %s', (words, cause) => {
  expect(describeCause(cause)).toBe(words)
})
