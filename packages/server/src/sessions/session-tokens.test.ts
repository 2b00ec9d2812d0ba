import { expect, test } from 'vitest'
import { SessionTokens } from './session-tokens.ts'

function counting() {
  let seed = 0
  return { next: () => 0, bytes: (count: number) => new Uint8Array(count).fill(seed++) }
}

test('SE3 a token has 128 bits and changes with each connection', () => {
  const tokens = new SessionTokens(counting())
  const first = tokens.current
  expect(first).toMatch(/^[\w-]{22}$/)
  expect(tokens.rotate(first)).not.toBe(first)
})

test('SE4 the predecessor stays valid until the first acknowledgement', () => {
  const tokens = new SessionTokens(counting())
  const first = tokens.current
  const second = tokens.rotate(first)
  expect([tokens.accepts(first), tokens.accepts(second)]).toEqual([true, true])
  tokens.acknowledge()
  expect([tokens.accepts(first), tokens.accepts(second)]).toEqual([false, true])
})

test('SE4 a client whose welcomes keep getting lost can go on with the token that it has', () => {
  const tokens = new SessionTokens(counting())
  const first = tokens.current
  const lost = tokens.rotate(first)
  const arrived = tokens.rotate(first)
  expect([tokens.accepts(first), tokens.accepts(lost), tokens.accepts(arrived)]).toEqual([true, false, true])
})
