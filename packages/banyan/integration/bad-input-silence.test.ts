// Half-open lines: what never greets is forgotten, whichever way it came in.
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'

test('HO22 a flood of lines that never greet is cut after ten seconds', async () => {
  await using arena = await createArena()
  const lines = Array.from({ length: 50 }, () => arena.rawLine())
  await arena.until('the lines open', () => lines.every(({ texts }) => texts.length === 1))
  expect(arena.host.server.metrics()).toMatchObject({ connections: 51, players: 1 })
  await arena.advance(9_999)
  await arena.until('the honest player is still heard', () => arena.honest.state.kind === 'joined')
  expect(arena.host.server.metrics().connections).toBe(51)
  await arena.advance(1)
  await arena.until('the lines are cut', () => lines.every(({ closeCode }) => closeCode !== null))
  expect(arena.host.server.metrics().connections).toBe(1)
  await arena.until('no timer is left', () => arena.hostTimers === 0)
  await arena.expectUnharmed()
})

test('HO22 a flood of polling sessions that nobody polls is forgotten', async () => {
  await using arena = await createArena()
  const begin = () => fetch(`http://127.0.0.1:${arena.host.port}/banyan/?EIO=4&transport=polling`)
  const answers = await Promise.all(Array.from({ length: 50 }, begin))
  await Promise.all(answers.map((answer) => answer.text()))
  expect(arena.host.server.metrics().connections).toBe(51)
  await arena.advance(10_000)
  await arena.until('they are forgotten', () => arena.host.server.metrics().connections === 1)
  expect(arena.hostTimers).toBe(0)
  await arena.expectUnharmed()
})
