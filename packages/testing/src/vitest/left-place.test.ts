import { describe, expect, onTestFinished, test } from 'vitest'
import { definition } from '../../fixtures/quiz-game.ts'
import { createTestPlace } from './index.ts'

/** Where the guard over real time keeps what it knows while it stands. */
const guardKey = Symbol.for('@banyan/testing/real-time-watch')
const heard: { errors: readonly string[] } = { errors: [] }

function hearErrors(): void {
  onTestFinished(({ task }) => {
    heard.errors = (task.result?.errors ?? []).map(({ message }) => message)
  })
}

describe('a test that leaves its place without ending it', () => {
  test.fails('FA5 fails though nothing else did', async () => {
    hearErrors()
    await createTestPlace({ definition, players: ['ana'] })
  })

  test('FA5 is told how to end it, and leaves real time to the next test', () => {
    expect(heard.errors).toEqual([expect.stringContaining('await using')])
    expect(Reflect.has(globalThis, guardKey)).toBe(false)
  })

  test.fails('FA5 tells its own error too, as when it runs out of time inside', async () => {
    hearErrors()
    await createTestPlace({ definition, players: ['ana'] })
    throw new Error('out of time')
  })

  test('FA5 is told what may have kept it, and leaves real time to the next test', () => {
    expect(heard.errors).toEqual(['out of time', expect.stringContaining('place.tick()')])
    expect(Reflect.has(globalThis, guardKey)).toBe(false)
  })
})
