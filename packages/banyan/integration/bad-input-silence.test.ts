// Half-open lines: what never becomes a channel is cut by real timers, which is why these tests take ten seconds.
import { test } from 'vitest'
import { createArena } from './fixtures/arena.ts'
import { createRawLine } from './fixtures/raw-line.ts'

test.concurrent('HO22 a line that never greets is cut after ten seconds', async ({ expect }) => {
  await using arena = await createArena()
  const line = createRawLine(arena.port)
  await arena.until('the line opens', () => line.texts.length === 1)
  expect(arena.host.metrics().connections).toBe(2)
  await arena.until('the line is cut', () => line.closeCode !== null)
  expect(arena.host.metrics().connections).toBe(1)
  await arena.expectUnharmed()
})

test.concurrent('HO22 a flood of polling sessions that nobody polls is forgotten', async ({ expect }) => {
  await using arena = await createArena()
  const begin = () => fetch(`http://127.0.0.1:${arena.port}/banyan/?EIO=4&transport=polling`)
  const answers = await Promise.all(Array.from({ length: 100 }, begin))
  await Promise.all(answers.map((answer) => answer.text()))
  expect(arena.host.metrics().connections).toBe(101)
  await arena.until('they are forgotten', () => arena.host.metrics().connections === 1)
  await arena.expectUnharmed()
})
