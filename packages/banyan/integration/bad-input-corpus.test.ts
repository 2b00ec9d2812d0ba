// The repository's hostile frames against a real host, one after the other: each costs its sender the session, with a
// reason, and nobody else anything.
import { decodeUp, type EncodedArguments } from '@banyan/protocol'
import {
  invalidArguments,
  malformedArguments,
  malformedUpFrames,
  oddArguments,
} from '@banyan/protocol/hostile-frames'
import { expect, test } from 'vitest'
import { type Arena, createArena } from './fixtures/arena.ts'
import type { Stranger } from './fixtures/stranger.ts'

/** What a well framed call of the corpus carries. */
function argumentsIn(frame: Uint8Array): EncodedArguments {
  const decoded = decodeUp(frame)
  const call = decoded.ok && decoded.value.kind === 'calls' ? decoded.value.calls[0] : undefined
  if (call?.kind !== 'event') throw new Error('the corpus holds an event')
  return call.args
}

async function expectDismissed(arena: Arena, stranger: Stranger, why: string): Promise<void> {
  await arena.until(`the line is cut: ${why}`, () => stranger.isCut)
  expect([why, stranger.closed?.code]).toEqual([why, 'malformed'])
  expect(stranger.closed?.reason).toMatch(/^The server could not accept a message: .+\.$/s)
}

function callLoose(stranger: Stranger, frame: Uint8Array): void {
  stranger.call([{ kind: 'event', remote: stranger.idOf('Loose'), args: argumentsIn(frame) }])
}

test('GT2 R2 every malformed frame of the corpus, in place of a hello, is turned away with a reason', async () => {
  await using arena = await createArena()
  for (const [why, frame] of Object.entries(malformedUpFrames)) {
    const stranger = await arena.stranger()
    stranger.send(frame)
    await expectDismissed(arena, stranger, why)
    expect(stranger.welcome).toBeNull()
  }
  await arena.expectUnharmed()
})

test('IN1 R2 every malformed frame of the corpus closes the session of who was let in, with a reason', async () => {
  await using arena = await createArena({ maxPlayers: 500 })
  for (const [why, frame] of Object.entries(malformedUpFrames)) {
    const intruder = await arena.intruder(`frame: ${why}`)
    intruder.send(frame)
    await expectDismissed(arena, intruder, why)
  }
  for (const [why, frame] of Object.entries(malformedArguments)) {
    const intruder = await arena.intruder(`arguments: ${why}`)
    callLoose(intruder, frame)
    await expectDismissed(arena, intruder, why)
  }
  const count = Object.keys(malformedUpFrames).length + Object.keys(malformedArguments).length
  expect(arena.place.stats.closedForInput).toBe(count)
  expect(arena.heard).toHaveLength(1)
  await arena.expectUnharmed()
})

test('RM5 R2 arguments of the corpus that are not allowed are dropped, and odd ones are heard as what they are', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  for (const frame of Object.values(invalidArguments)) callLoose(intruder, frame)
  await arena.sync(intruder)
  expect(arena.place.stats.invalid).toBe(Object.keys(invalidArguments).length)
  for (const frame of Object.values(oddArguments)) callLoose(intruder, frame)
  await arena.sync(intruder)
  expect(arena.heard.slice(1).map(([, remote]) => remote)).toEqual(
    Object.keys(oddArguments).map(() => 'Loose'),
  )
  for (const value of [{}, ...arena.heard.map(([, , payload]) => payload)])
    expect(Reflect.get(Object(value), 'polluted')).toBeUndefined()
  expect(intruder.isCut).toBe(false)
  await arena.expectUnharmed()
})
