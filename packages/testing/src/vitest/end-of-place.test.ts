import { expect, onTestFinished, test } from 'vitest'
import { definition } from '../../fixtures/quiz-game.ts'
import { createTestPlace } from './index.ts'

const heard: { errors: readonly string[] } = { errors: [] }

test.fails('FA3 a test fails for what the end of its place finds, and for its own error', async ({
  task,
}) => {
  onTestFinished(() => {
    heard.errors = (task.result?.errors ?? []).map(({ message }) => message)
  })
  await using place = await createTestPlace({ definition, players: ['ana'] })
  place.clock.after(60_000, () => {})
  await place.tick()
  expect(1).toBe(2)
})

test('FA3 neither error hides the other', () => {
  expect(heard.errors).toEqual([
    expect.stringContaining('a timer of the test still waits'),
    expect.stringContaining('expected 1 to be 2'),
  ])
})
