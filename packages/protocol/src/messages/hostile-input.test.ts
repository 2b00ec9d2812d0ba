import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { allocationOf } from '../../fixtures/allocation.ts'
import { definition } from '../../fixtures/sample-definition.ts'
import { args, downFrames, upFrames } from '../../fixtures/sample-messages.ts'
import { decodeSegment } from '../codec/operations/segment-reader.ts'
import { type DecodedArguments, decodeArguments } from '../codec/values/arguments-codec.ts'
import {
  bendFrame,
  invalidArguments,
  malformedArguments,
  malformedDownFrames,
  malformedNewsFrames,
  malformedSegments,
  malformedUpFrames,
  oddArguments,
  spliceFrames,
} from '../hostile-frames/index.ts'
import { createSeededRandom } from '../random/seeded-random.ts'
import { unreliableExcess } from '../remotes/unreliable-payload.ts'
import { decodeDown } from './down/down-message.ts'
import { decodeNews } from './down/sentinel-news.ts'
import { decodeUp } from './up/up-message.ts'

const reject = { allowNonFinite: false }

function argumentsOf(frame: Uint8Array): DecodedArguments | null {
  const decoded = decodeUp(frame)
  if (!decoded.ok || decoded.value.kind !== 'calls') return null
  const [call] = decoded.value.calls
  if (call === undefined || call.kind === 'cancel') return null
  return decodeArguments(call.args.bytes, call.args.instances, reject)
}

/** Lets every decoder look at the bytes; their results do not matter, only that they return. */
function decodeAll(bytes: Uint8Array): void {
  const down = decodeDown(definition, bytes)
  if (down.ok && down.value.kind === 'patches' && down.value.news) decodeNews(definition, down.value.news)
  decodeSegment(definition, bytes)
  decodeArguments(bytes, [null, null], reject)
  const up = decodeUp(bytes)
  if (!up.ok) return
  if (up.value.kind === 'datagram') {
    decodeArguments(up.value.args.bytes, up.value.args.instances, reject)
    unreliableExcess('any', up.value.args)
  }
  if (up.value.kind !== 'calls') return
  for (const call of up.value.calls) {
    if (call.kind !== 'cancel') decodeArguments(call.args.bytes, call.args.instances, reject)
  }
}

/** What any frame of the corpus may cost a decoder: far less than what the counts in it claim. */
const allocationCap = 1024 * 1024

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

describe('hostile frames', () => {
  it.each(Object.entries(malformedUpFrames))('MS10 is malformed: %s', (_, frame) => {
    expect(decodeUp(frame)).toEqual({ ok: false, code: 'malformed', problem: expect.any(String) })
  })

  it.each(Object.entries(malformedArguments))('MS10 has malformed arguments: %s', (_, frame) => {
    expect(argumentsOf(frame)).toEqual({
      ok: false,
      reason: 'malformed',
      problem: expect.stringMatching(/^args/),
    })
  })

  it.each(Object.entries(invalidArguments))('MS11 has invalid arguments: %s', (_, frame) => {
    expect(argumentsOf(frame)).toEqual({
      ok: false,
      reason: 'invalid',
      problem: expect.stringMatching(/^args\[0\]/),
    })
  })

  it.each(Object.entries({ ...malformedDownFrames, ...malformedSegments }))(
    'MS10 is malformed for a client: %s',
    (_, frame) => {
      expect(decodeDown(definition, frame)).toEqual({ ok: false, problem: expect.any(String) })
    },
  )

  it.each(Object.entries(malformedNewsFrames))('MS10 has malformed news: %s', (_, frame) => {
    const down = decodeDown(definition, frame)
    const news = down.ok && down.value.kind === 'patches' ? down.value.news : undefined
    expect(decodeNews(definition, news ?? new Uint8Array())).toEqual({
      ok: false,
      problem: expect.any(String),
    })
  })

  it.each(Object.entries(oddArguments))('MS10 is only odd: %s', (_, frame) => {
    const decoded = argumentsOf(frame)
    expect(decoded).toMatchObject({ ok: true })
    const value: unknown = decoded?.ok ? decoded.value[0] : null
    expect(Reflect.get(Object(value), 'polluted')).toBeUndefined()
  })

  it('MS12 no decoder throws at random bytes', () => {
    const first = fc.constantFrom(
      0x01,
      0x02,
      0x03,
      0x04,
      0x05,
      0x06,
      0x07,
      0x81,
      0x82,
      0x83,
      0x84,
      0x85,
      0x86,
      0x87,
    )
    const random = fc.uint8Array({ maxLength: 300 })
    const framed = fc.tuple(first, random).map(([kind, rest]) => Uint8Array.of(kind, ...rest))
    fc.assert(fc.property(fc.oneof(random, framed), decodeAll), { numRuns: 5000 })
  })

  it.each([1, 2, 3])('MS12 MS13 no decoder throws at a frame that was bent or spliced, seed %i', (seed) => {
    const random = createSeededRandom(seed)
    const frames = [...Object.values(upFrames), ...Object.values(downFrames), args.bytes]
    const any = (): Uint8Array => frames[Math.floor(random.next() * frames.length)] ?? args.bytes
    for (let count = 0; count < 5000; count += 1) {
      const frame = random.next() < 0.2 ? spliceFrames(any(), any(), random) : bendFrame(any(), random)
      const allocated = allocationOf(() => decodeAll(frame))
      // Text for a person, so that the frame is told.
      if (allocated > allocationCap) expect(Buffer.from(frame).toString('hex')).toBe('cheap')
    }
  })

  it('MS13 a count or length beyond the bytes is refused as such, before anything is made of it', () => {
    const frames = Object.entries({ ...malformedUpFrames, ...malformedArguments })
    const huge = frames.filter(([name]) => name.includes('2^53 '))
    expect(huge.length).toBeGreaterThan(10)
    for (const [, frame] of huge) {
      const refusal = argumentsOf(frame) ?? decodeUp(frame)
      expect(refusal).toMatchObject({
        ok: false,
        problem: expect.stringMatching(/more than the bytes hold|end too early/),
      })
    }
  })

  it('MS13 no frame of the corpus costs more memory than its bytes are worth', () => {
    const frames = Object.entries({
      ...malformedUpFrames,
      ...malformedArguments,
      ...invalidArguments,
      ...malformedDownFrames,
      ...malformedNewsFrames,
      ...malformedSegments,
    })
    for (const [, frame] of frames) decodeAll(frame)
    const costly = frames.filter(([, frame]) => allocationOf(() => decodeAll(frame)) > allocationCap)
    expect(costly.map(([name]) => name)).toEqual([])
  })
})
