import { expect, test } from 'vitest'
import { createLineFilter } from './line-filter.ts'

test('TC18 a line begins with a snapshot, with a welcome that goes on from one, or with a refusal', () => {
  const filter = createLineFilter()
  expect(filter.takes(1, 'patches')).toBe(false)
  expect(filter.takes(1, 'welcome')).toBe(false)
  expect(filter.takes(1, 'snapshot')).toBe(true)
  expect(filter.takes(1, 'welcome')).toBe(true)
  expect(filter.takes(1, 'patches')).toBe(true)
  expect(filter.takes(2, 'patches')).toBe(false)
  expect(filter.takes(2, 'close')).toBe(true)
  expect(filter.line).toBe(2)
})

test('TC18 what still arrives on an older line is left out, even a welcome', () => {
  const filter = createLineFilter()
  filter.takes(1, 'snapshot')
  filter.takes(3, 'welcome')
  expect(filter.takes(1, 'patches')).toBe(false)
  expect(filter.takes(2, 'welcome')).toBe(false)
  expect(filter.takes(3, 'patches')).toBe(true)
})
