import { expect, test } from 'vitest'
import { type CauseIndex, createCauseIndex } from './cause-index.ts'

function add(index: CauseIndex, seq: number, cause: string): void {
  index.add({ kind: 'commit', timeMs: seq, seq, causes: [{ cause, operations: ['set 9 0'] }] })
}

test('TC11 finds the last cause in the span', () => {
  const index = createCauseIndex()
  for (const seq of [2, 4, 6]) add(index, seq, `cause ${seq}`)
  expect(index.causeOf('set 9 0', { afterSeq: 0, seq: 5 })).toBe('cause 4')
  expect(index.causeOf('set 9 0', { afterSeq: 5, seq: 6 })).toBe('cause 6')
  expect(index.causeOf('set 9 0', { afterSeq: 4, seq: 5 })).toBeNull()
  expect(index.causeOf('set 9 1', { afterSeq: 0, seq: 9 })).toBeNull()
})

test('TC11 forgets the commits of the run before, whose numbers mean other things', () => {
  const index = createCauseIndex()
  for (const seq of [2, 8]) add(index, seq, 'old')
  add(index, 3, 'new')
  expect(index.causeOf('set 9 0', { afterSeq: 3, seq: 8 })).toBeNull()
  expect(index.causeOf('set 9 0', { afterSeq: 0, seq: 3 })).toBe('new')
})
