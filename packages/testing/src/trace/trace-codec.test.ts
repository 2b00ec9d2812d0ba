import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { remotes } from '../../fixtures/drinker-game.ts'
import { openPotions } from '../../fixtures/drinker-place.ts'
import type { Trace } from './trace.ts'
import { decodeTrace, encodeTrace } from './trace-codec.ts'
import { readTrace, writeTrace } from './trace-file.ts'

async function recordAll(): Promise<Trace> {
  await using place = await openPotions({ players: ['ana', 'bo'] })
  const { recorder } = place
  place.network.setForAll({ latencyMs: 3, flap: { upMs: [50, 60], downMs: [5, 6] } })
  place.player('ana').remote(remotes.drink).fireServer({ potion: 'mint' })
  recorder.addLogged('a line')
  await place.advance(500)
  place.player('ana').network.block()
  place.player('ana').network.heal()
  place.network.clear()
  return recorder.trace({ error: new Error('expected 1, got 2') })
}

function refusal(message: string | RegExp) {
  const text = typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message)
  return expect.objectContaining({ code: 'invalidTrace', message: text })
}

describe('a trace as text', () => {
  test('TC7 arrives as it was, each kind of entry', async () => {
    const trace = await recordAll()
    expect(new Set(trace.entries.map(({ kind }) => kind))).toEqual(
      new Set(['open', 'frame', 'conditions', 'commit', 'logged', 'close', 'block', 'heal', 'clear']),
    )
    expect(decodeTrace(encodeTrace(trace))).toEqual(trace)
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace)
  })

  test.each([
    ['nothing', ''],
    ['another file', '{"name":"banyan"}\n'],
    ['another list', '[1, 2]'],
    ['no JSON', 'hello'],
  ])('TC8 refuses %s and says what to pass', (_, text) => {
    expect(() => decodeTrace(text)).toThrow(refusal('Pass the text that encodeTrace made'))
  })

  test('TC8 refuses other versions, of traces and of the protocol', async () => {
    const trace = await recordAll()
    const text = encodeTrace(trace)
    expect(() => decodeTrace(text.replace('"version":1', '"version":2'))).toThrow(refusal('of version 2'))
    const protocol = `"protocolVersion":${trace.protocolVersion}`
    expect(() => decodeTrace(text.replace(protocol, '"protocolVersion":999'))).toThrow(refusal('version 999'))
  })

  test('TC8 refuses a damaged one and names the entry', async () => {
    const text = encodeTrace(await recordAll())
    const lines = text.split('\n')
    const damaged = (index: number, from: string | RegExp, to: string): string =>
      lines.with(index, (lines[index] ?? '').replace(from, to)).join('\n')
    expect(() => decodeTrace(text.slice(0, text.length / 2))).toThrow(
      refusal(/damaged \(.*Run the test again/),
    )
    expect(() => decodeTrace(lines.toSpliced(3, 1).join('\n'))).toThrow(refusal(/holds \d+ entries of \d+/))
    expect(() => decodeTrace(damaged(1, '"seed":1', '"seed":"x"'))).toThrow(
      refusal('the header: "seed" is no number'),
    )
    expect(() => decodeTrace(damaged(2, /.*/, '7,'))).toThrow(refusal('entry 1: an entry is no object'))
    expect(() => decodeTrace(damaged(2, /.*/, '{"kind":"dance"},'))).toThrow(refusal('"kind" is none of'))
    expect(() => decodeTrace(damaged(2, /.*/, '{"kind":"open","timeMs":"soon"},'))).toThrow(
      refusal('entry 1: "timeMs" is no number'),
    )
    expect(() => decodeTrace(damaged(3, '"frame":"', '"frame":"?'))).toThrow(
      refusal('entry 2: "frame" is not base64'),
    )
  })
})

describe('a trace file', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trace-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('TC9 is written with the folders above it, and read again', async () => {
    const trace = await recordAll()
    const file = join(folder, 'deep', 'down', 'a.trace')
    writeTrace(trace, file)
    expect(readTrace(file)).toEqual(trace)
  })

  test('TC9 that is absent, or something else, is refused', () => {
    expect(() => readTrace(join(folder, 'none'))).toThrow(refusal('cannot be opened'))
    writeFileSync(join(folder, 'other'), '{}')
    expect(() => readTrace(join(folder, 'other'))).toThrow(refusal('does not begin with the header'))
  })
})
