import { Buffer } from 'node:buffer'
import { createManualClock, decodeUp, type Network } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import { definition, remotes } from '../../fixtures/drinker-game.ts'
import { openPotions } from '../../fixtures/drinker-place.ts'
import { createRecorder } from './recorder.ts'
import { timeline } from './timeline/timeline.ts'
import type { TraceEntry } from './trace.ts'

async function playedLog(seed: number): Promise<string> {
  await using place = await openPotions({ players: ['ana', 'bo'], seed })
  const { recorder } = place
  place.player('bo').network.set({ latencyMs: 20, jitterMs: 50, loss: 0.3 })
  for (let round = 0; round < 10; round += 1) {
    place.player('bo').remote(remotes.steer).fireServer({ angle: round })
    place.player('ana').remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.advance(100)
  }
  return recorder.messageLog()
}

describe('a recorder', () => {
  test('TC1 keeps each frame with its times, line, player, direction and fate', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { recorder } = place
    place.player('ana').network.set({ latencyMs: 50, up: { loss: 1 } })
    place.player('ana').remote(remotes.steer).fireServer({ angle: 1 })
    await place.settle()
    const { entries, startMs } = recorder.trace()
    expect(entries[0]).toEqual({ kind: 'open', timeMs: startMs, line: 1, player: 'ana' })
    expect(entries[1]).toMatchObject({
      kind: 'frame',
      direction: 'up',
      fate: 'arrived',
      line: 1,
      player: 'ana',
    })
    const hello = decodeUp(bytesOf(entries[1]))
    expect(hello).toMatchObject({ ok: true, value: { kind: 'hello', name: 'ana' } })
    const late = entries.filter((entry) => entry.kind === 'frame' && entry.direction === 'down')
    expect(late.at(-1)).toMatchObject({ fate: 'arrived' })
    const lost = entries.find((entry) => entry.kind === 'frame' && entry.fate === 'lost')
    expect(decodeUp(bytesOf(lost))).toMatchObject({ value: { kind: 'datagram' } })
  })

  test('TC1 keeps changes of conditions in between', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { recorder } = place
    place.network.setForAll({ latencyMs: 5 })
    place.player('ana').network.partition()
    place.player('ana').network.heal()
    place.network.clear()
    const changes = recorder.trace().entries.filter((entry) => !('line' in entry) && 'player' in entry)
    expect(changes.map(({ kind }) => kind)).toEqual(['conditions', 'partition', 'heal', 'clear'])
    expect(changes[0]).toMatchObject({ player: null, conditions: { latencyMs: 5 } })
  })

  test('TC2 gives a line to its player from its opening on', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    const opened = place.recorder.trace().entries.filter((entry) => entry.kind === 'open')
    expect(opened.map(({ player }) => player)).toEqual(['ana', 'bo'])
  })

  test('TC2 leaves out the lines of other places, where it is told which one to keep', async () => {
    await using place = await openPotions()
    const recorderOf = (name: string) =>
      createRecorder({ network: place.network, definition, clock: place.clock, seed: 1, place: name })
    using own = recorderOf('main')
    using other = recorderOf('lobby')
    await place.join('ana')
    expect(own.messageLog()).toBe(place.recorder.messageLog())
    expect(other.trace()).toMatchObject({ entries: [], players: [] })
  })

  test('TC3 makes the same log for the same seed, and another for another', async () => {
    const [first, again, other] = [await playedLog(7), await playedLog(7), await playedLog(8)]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
    expect(first.split('\n').length).toBeGreaterThan(60)
  })

  test('TC4 keeps the newest within its bound, and says what is missing', async () => {
    await using place = await openPotions({ players: ['ana'], recordedBytes: 4096 })
    const { recorder } = place
    await place.advance(120_000)
    const trace = recorder.trace()
    expect(trace.missing).toBeGreaterThan(0)
    expect(trace.entries.length).toBeLessThan(50)
    expect(trace.entries.at(-1)?.timeMs).toBeGreaterThan(trace.endMs - 6000)
    expect(recorder.messageLog()).toMatch(/^\d+ entries are missing here\n/)
  })

  test('TC4 refuses a bound that holds nothing', () => {
    const network = { observe: () => () => {} }
    expect(() =>
      createRecorder({ network, definition, clock: createManualClock(), seed: 1, maxBytes: 0 }),
    ).toThrow(expect.objectContaining({ code: 'invalidOption' }))
  })

  test('TC5 tells with each commit what caused which change', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { recorder } = place
    place.player('ana').remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.advance(300)
    const commits = recorder.trace().entries.filter((entry) => entry.kind === 'commit')
    const drinker = place.game.getService('Workspace').findFirstDescendant('ana')?.id ?? 0
    const caused = commits.flatMap(({ causes }) => causes)
    expect(caused).toContainEqual({
      cause: expect.stringMatching(/^remote "drink" by ana at \d+(\.\d)? ms$/),
      operations: [
        expect.stringMatching(`^set ${drinker} `),
        `attribute ${drinker} potion`,
        `tags ${drinker}`,
      ],
    })
    expect(caused.some(({ cause }) => cause.startsWith('task "delay" from remote "drink" by ana'))).toBe(true)
  })

  test('TC6 keeps logged lines in their place, and the error without its stack', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { recorder } = place
    await place.advance(100)
    recorder.addLogged('careful')
    const { entries, error, startMs } = recorder.trace({ error: new TypeError('no such thing') })
    expect(entries.at(-1)).toEqual({ kind: 'logged', timeMs: startMs + 100, text: 'careful' })
    expect(error).toBe('TypeError: no such thing')
    expect(recorder.trace().error).toBeNull()
  })

  test('TC10 begins with what the network tells of the time before it', async () => {
    const clock = createManualClock({ startMs: 1_000 })
    const opened = { kind: 'open', timeMs: 991, line: 19, player: null } as const
    const network: Pick<Network, 'observe'> = {
      observe(listener) {
        listener(opened)
        return () => {}
      },
    }
    using recorder = createRecorder({ network, definition, clock, seed: 1 })
    expect(recorder.trace()).toMatchObject({ startMs: 991, endMs: 1_000, entries: [opened] })
    expect(timeline(recorder.trace(), definition)).toMatch(/ 0\.0 ms · somebody +line 19 opens/)
  })

  test('TC6 hears nothing after its end', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { recorder } = place
    recorder.stop()
    const log = recorder.messageLog()
    await place.advance(10_000)
    expect(recorder.messageLog()).toBe(log)
  })
})

function bytesOf(entry: TraceEntry | undefined): Uint8Array {
  return entry?.kind === 'frame' ? new Uint8Array(Buffer.from(entry.frame, 'base64')) : new Uint8Array()
}
