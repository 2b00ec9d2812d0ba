import { expect, test } from 'vitest'
import { guestUserId } from './guest-id.ts'

test('PY3 a guest key always gives the same user id, which does not contain the key', () => {
  expect(guestUserId('some-key')).toBe(guestUserId('some-key'))
  expect(guestUserId('some-key')).not.toBe(guestUserId('some-key-2'))
  expect(guestUserId('some-key')).toMatch(/^guest-[\w-]{22}$/)
  expect(guestUserId('abc')).toBe('guest-ungWv48Bz-pBQUDeXa4iI7')
})
