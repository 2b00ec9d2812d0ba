import { expect, test } from 'vitest'
import { uniquePlayerName } from './player-name.ts'

test('PY4 a name is cut to 20 characters, between code points', () => {
  expect(uniquePlayerName('abcdefghijklmnopqrstuvwxyz', [])).toBe('abcdefghijklmnopqrst')
  expect(uniquePlayerName(`${'a'.repeat(19)}🌳`, [])).toBe('a'.repeat(19))
})

test('PY4 control characters and runs of spaces become one space; nothing left is a guest', () => {
  expect(uniquePlayerName('  Ana\u0000\n\u202e  Lee ', [])).toBe('Ana Lee')
  expect(uniquePlayerName('\u200b \t', [])).toBe('Guest')
})

test('PY5 a taken name gets the first free number, within the limit', () => {
  expect(uniquePlayerName('Ana', ['Ana'])).toBe('Ana 2')
  expect(uniquePlayerName('ana', ['Ana', 'Ana 2'])).toBe('ana 3')
  expect(uniquePlayerName('a'.repeat(30), ['a'.repeat(20)])).toBe(`${'a'.repeat(18)} 2`)
})
