import { expect, it } from 'vitest'
import { instanceNameProblem } from './instance-name.ts'

it('AT4 a name has at most 100 characters', () => {
  for (const name of ['', 'Ana', 'with.dots and spaces', 'x'.repeat(100)]) {
    expect(instanceNameProblem(name)).toBeNull()
  }
  expect(instanceNameProblem('x'.repeat(101))).toBe(
    'expected a string of at most 100 characters, got a string of 101 characters',
  )
  expect(instanceNameProblem(undefined)).toBe('expected a string of at most 100 characters, got undefined')
})
