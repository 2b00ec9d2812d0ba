import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { invalidArguments, malformedArguments, malformedFrames } from '../../fixtures/hostile-frames.ts'
import { definition } from '../../fixtures/sample-definition.ts'
import { args, downFrames, upFrames } from '../../fixtures/sample-messages.ts'
import { decodeSegment } from '../codec/operations/segment-reader.ts'
import { type DecodedArguments, decodeArguments } from '../codec/values/arguments-codec.ts'
import { unreliableExcess } from '../remotes/unreliable-payload.ts'
import { decodeDown } from './down/down-message.ts'
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
  decodeDown(definition, bytes)
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

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

describe('hostile frames', () => {
  it.each(Object.entries(malformedFrames))('MS10 is malformed: %s', (_, frame) => {
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

  it('MS12 no decoder throws at random bytes', () => {
    const first = fc.constantFrom(0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86)
    const random = fc.uint8Array({ maxLength: 300 })
    const framed = fc.tuple(first, random).map(([kind, rest]) => Uint8Array.of(kind, ...rest))
    fc.assert(fc.property(fc.oneof(random, framed), decodeAll), { numRuns: 5000 })
  })

  it('MS12 no decoder throws at a frame that was cut, changed, or spliced', () => {
    const frames = [...Object.values(upFrames), ...Object.values(downFrames), args.bytes]
    const mutated = fc
      .tuple(
        fc.constantFrom(...frames),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
        fc.nat(),
        fc.nat(),
      )
      .map(([frame, changes, cut, splice]) => {
        const bytes = frame.slice()
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        if (cut % 3 === 0) return bytes.subarray(0, splice % bytes.length)
        if (cut % 3 === 1) return Uint8Array.of(...bytes, ...bytes.subarray(splice % bytes.length))
        return bytes
      })
    fc.assert(fc.property(mutated, decodeAll), { numRuns: 5000 })
  })

  it('MS13 a count or length beyond the bytes is refused as such, before anything is made of it', () => {
    const frames = Object.entries({ ...malformedFrames, ...malformedArguments })
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
})
