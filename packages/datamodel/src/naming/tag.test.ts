import { expect, it } from 'vitest'
import { tagProblem } from './tag.ts'

it('AT4 a tag has 1 to 100 characters', () => {
  for (const tag of ['a', 'with space', 'x'.repeat(100)]) expect(tagProblem(tag)).toBeNull()
  expect(tagProblem('')).toBe('expected 1 to 100 characters, got ""')
  expect(tagProblem('x'.repeat(101))).toBe('expected 1 to 100 characters, got a string of 101 characters')
  expect(tagProblem(5)).toBe('expected 1 to 100 characters, got 5')
})
