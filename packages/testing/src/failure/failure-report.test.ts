import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { definition, quiz, remotes } from '../../fixtures/quiz-game.ts'
import { readTrace } from '../trace/trace-file.ts'
import { runTestPlace } from './run-test-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'banyan-traces-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('FA1 a failing test leaves a trace, and says where it is and what happened last', async () => {
  const failing = runTestPlace(
    { definition, scripts: [quiz], players: ['ana'], seed: 5, folder, test: 'Ana says: hello!' },
    async (place) => {
      place.player('ana').remote(remotes.said).fireServer({ text: 'hello' })
      await place.tick()
      expect(1).toBe(2)
    },
  )
  await expect(failing).rejects.toThrow(
    expect.objectContaining({
      code: 'failed',
      message: expect.stringMatching(/expected 1 to be 2[\s\S]*ana-says-hello-seed-5\.json[\s\S]*said/),
    }),
  )
  expect(readdirSync(folder)).toEqual(['ana-says-hello-seed-5.json'])
  const trace = readTrace(join(folder, 'ana-says-hello-seed-5.json'))
  expect(trace).toMatchObject({
    seed: 5,
    players: ['ana'],
    error: expect.stringContaining('expected 1 to be 2'),
  })
})

test('FA2 what the checks find fails the test, and one that passes leaves nothing', async () => {
  const options = { definition, scripts: [quiz], folder, test: 'quiet' }
  await runTestPlace({ ...options, players: ['ana'] }, (place) => place.tick())
  await expect(
    runTestPlace(options, async (place) => {
      place.clock.after(60_000, () => {})
    }),
  ).rejects.toThrow('a timer of the test still waits')
  expect(readdirSync(folder)).toEqual(['quiet-seed-1.json'])
})
