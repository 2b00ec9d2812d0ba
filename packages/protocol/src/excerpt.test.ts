import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'

test('CT9 a text that fits, in any script, is left as it is', () => {
  for (const text of ['', 'angle', 'größe', '位置', '😀']) expect(excerpt(text, 10)).toBe(text)
})

test('CT9 a longer text is cut, and no pair is left in half', () => {
  expect(excerpt('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}…`)
  expect(excerpt('😀😀', 3)).toBe('😀\u{FFFD}…')
})

test('CT9 nothing breaks the line or turns the reading direction', () => {
  expect(excerpt('a\nb\u2028c\u0000d\u202ee', 20)).toBe('a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e')
})
