import type { Operation } from '@banyan/datamodel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arranged,
  classNumberOf,
  create,
  definition,
  finite,
  id,
  operation,
  plain,
  text,
} from '../../fixtures/arbitraries.ts'
import { args, downFrames, hello, operations, upFrames } from '../../fixtures/sample-messages.ts'
import { encodeSegment } from '../codec/operations/segment-writer.ts'
import { decodeArguments } from '../codec/values/arguments-codec.ts'
import { protocolVersion } from '../version.ts'
import { encodeDatagramDown, encodeDatagramUp } from './datagram.ts'
import { closeCodes, encodeClose } from './down/close.ts'
import type { Delivery } from './down/delivery.ts'
import { decodeDown } from './down/down-message.ts'
import { appendSession, encodePatches } from './down/patches.ts'
import { encodePong } from './down/pong.ts'
import { encodeSnapshotPart } from './down/snapshot.ts'
import { encodeWelcome } from './down/welcome.ts'
import { remoteErrorCodes } from './remote-error-code.ts'
import { isUnreliableFrame } from './unreliable-frame.ts'
import { encodeAck } from './up/ack.ts'
import { type Call, encodeCalls } from './up/calls.ts'
import { encodeHello, type Hello } from './up/hello.ts'
import { encodeLeave } from './up/leave.ts'
import { encodePing } from './up/ping.ts'
import { decodeUp } from './up/up-message.ts'

const count = fc.maxSafeNat()
const record = <Fields>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) =>
  fc.record(fields, { noNullPrototype: true })
const encoded = record({
  bytes: fc.uint8Array({ maxLength: 30 }),
  instances: fc.array(fc.oneof(id, fc.constant(0))),
})

const resume = fc.oneof(
  fc.constant(null),
  record({ token: text }),
  record({ token: text, epoch: text, seq: count, eventSeq: count }),
)

const anyHello: fc.Arbitrary<Hello> = record({
  protocolVersion: fc.constant(protocolVersion),
  definitionHash: text,
  place: text,
  guestKey: text,
  turn: count,
  name: text,
  credentials: plain,
  resume,
})

const call: fc.Arbitrary<Call> = fc.oneof(
  record({ kind: fc.constant('event' as const), remote: id, args: encoded }),
  record({
    kind: fc.constant('request' as const),
    request: count,
    remote: id,
    args: encoded,
    deadlineMs: count,
  }),
  record({ kind: fc.constant('cancel' as const), request: count }),
)

const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  record({ kind: fc.constant('event' as const), remote: id, args: encoded }),
  record({
    kind: fc.constant('answer' as const),
    request: count,
    ok: fc.constant(true as const),
    args: encoded,
  }),
  record({
    kind: fc.constant('answer' as const),
    request: count,
    ok: fc.constant(false as const),
    code: fc.constantFrom(...remoteErrorCodes),
    message: text,
  }),
)

const header = record({
  status: fc.constantFrom('new' as const, 'rejoined' as const, 'resumed' as const),
  epoch: text,
  token: text,
  playerId: id,
  callSeq: count,
  seq: count,
  tickHz: finite,
  timeMs: finite,
  eventSeq: count,
})

type PatchOf<Source> = Source extends fc.Arbitrary<infer Value> ? Value : never

const patch = record({
  seq: count,
  tick: count,
  timeMs: finite,
  segments: fc.array(fc.array(operation, { maxLength: 5 }), { maxLength: 3 }),
})

const encodePatch = ({ segments, ...stamp }: PatchOf<typeof patch>) => ({
  ...stamp,
  segments: segments.map((segment) => encodeSegment(definition, segment, classNumberOf)),
})
const receivedPatch = ({ segments, ...stamp }: PatchOf<typeof patch>) => ({
  ...stamp,
  operations: arranged(...segments),
})

describe('messages up', () => {
  it('MS2 hello, ack, ping and leave come back equal', () => {
    fc.assert(
      fc.property(anyHello, record({ seq: count, eventSeq: count }), finite, (message, ack, clientMs) => {
        expect(decodeUp(encodeHello(message))).toEqual({ ok: true, value: { kind: 'hello', ...message } })
        expect(decodeUp(encodeAck(ack))).toEqual({ ok: true, value: { kind: 'ack', ...ack } })
        expect(decodeUp(encodePing({ clientMs }))).toEqual({ ok: true, value: { kind: 'ping', clientMs } })
      }),
    )
    expect(decodeUp(encodeLeave())).toEqual({ ok: true, value: { kind: 'leave' } })
  })

  it('MS2 calls come back equal and in their order', () => {
    const calls = record({
      seq: count,
      ack: record({ seq: count, eventSeq: count }),
      calls: fc.array(call, { maxLength: 8 }),
    })
    fc.assert(
      fc.property(calls, (message) => {
        expect(decodeUp(encodeCalls(message))).toEqual({ ok: true, value: { kind: 'calls', ...message } })
      }),
    )
  })

  it('MS3 of a hello in another version only the version is read', () => {
    const frame = encodeHello({ ...hello, protocolVersion: protocolVersion + 1 })
    const strange = Uint8Array.of(...frame.subarray(0, 3), 0xff, 0xff)
    for (const bytes of [frame, strange]) {
      expect(decodeUp(bytes)).toMatchObject({
        ok: true,
        value: { protocolVersion: protocolVersion + 1, place: '' },
      })
    }
  })

  it('MS4 credentials are plain data: anything else is an error at the sender', () => {
    const send = (credentials: unknown) => () => encodeHello({ ...hello, credentials })
    expect(send({ at: new Date(0) })).toThrow(expect.objectContaining({ code: 'invalidArgument' }))
    expect(send({ level: Number.NaN })).toThrow(/credentials\.level/)
  })

  it('MS5 a frame above the limit is oversize, before anything is read', () => {
    const frame = encodePing({ clientMs: 1 })
    expect(decodeUp(frame, { maxBytes: frame.length })).toMatchObject({ ok: true })
    expect(decodeUp(frame, { maxBytes: frame.length - 1 })).toMatchObject({ ok: false, code: 'oversize' })
    expect(decodeUp(new Uint8Array(65_537))).toMatchObject({ ok: false, code: 'oversize' })
  })

  it('MS6 the arguments of a call decode with the instances that its table names', () => {
    const decoded = decodeUp(upFrames['calls'] ?? new Uint8Array())
    const calls = decoded.ok && decoded.value.kind === 'calls' ? decoded.value.calls : []
    const [event] = calls
    expect(event?.kind === 'event' ? event.args : null).toEqual(args)
    if (event?.kind !== 'event') return
    const values = decodeArguments(event.args.bytes, ['ana'], { allowNonFinite: true })
    expect(values.ok && values.value[10]).toBe('ana')
  })
})

describe('messages down', () => {
  it('MS2 welcome, pong and close come back equal', () => {
    const some = fc.array(patch, { maxLength: 2 })
    fc.assert(
      fc.property(header, some, finite, text, (fields, patches, ms, reason) => {
        const frame = encodeWelcome(fields, patches.map(encodePatch))
        expect(decodeDown(definition, frame)).toEqual({
          ok: true,
          value: { kind: 'welcome', ...fields, patches: patches.map(receivedPatch) },
        })
        const pong = { clientMs: ms, serverMs: -ms }
        expect(decodeDown(definition, encodePong(pong))).toEqual({
          ok: true,
          value: { kind: 'pong', ...pong },
        })
        for (const code of closeCodes) {
          const close = decodeDown(definition, encodeClose({ code, reason }))
          expect(close).toEqual({ ok: true, value: { kind: 'close', code, reason } })
        }
      }),
      { numRuns: 50 },
    )
  })

  it('MS7 patches come back equal: what their segments make, then the rest of each segment, the session part after all', () => {
    const session = record({
      callSeq: count,
      eventSeq: count,
      deliveries: fc.array(delivery, { maxLength: 5 }),
    })
    fc.assert(
      fc.property(fc.array(patch, { maxLength: 3 }), fc.option(session), (patches, part) => {
        const shared = encodePatches(patches.map(encodePatch))
        const before = shared.slice()
        const frame = part === null ? shared : appendSession(shared, part)
        expect(shared).toEqual(before)
        expect(frame.subarray(0, shared.length)).toEqual(shared)
        const received = patches.map(receivedPatch)
        expect(decodeDown(definition, frame)).toEqual({
          ok: true,
          value: { kind: 'patches', patches: received, session: part },
        })
      }),
    )
  })

  it('MS2 MS17 parts of a snapshot come back equal, the last one with the patch that it shows', () => {
    const creates = fc.array(create, { maxLength: 5 })
    const end = fc.option(record({ seq: count, tick: count, timeMs: finite }))
    fc.assert(
      fc.property(fc.array(creates, { maxLength: 3 }), end, (segments, last) => {
        const frame = encodeSnapshotPart(
          segments.map((segment) => encodeSegment(definition, segment)),
          last,
        )
        expect(decodeDown(definition, frame)).toEqual({
          ok: true,
          value: { kind: 'snapshot', operations: arranged(...segments), end: last },
        })
      }),
      { numRuns: 50 },
    )
  })

  it('MS8 a snapshot holds creations, what owners see beside them, and nothing else', () => {
    const owned: Operation = { kind: 'set', id: 3, properties: [] }
    const shown = encodeSegment(definition, [owned], () => 1)
    expect(decodeDown(definition, encodeSnapshotPart([shown], null))).toMatchObject({
      ok: true,
      value: { operations: [owned], end: null },
    })
    const segment = encodeSegment(definition, [{ kind: 'remove', id: 3 }])
    expect(decodeDown(definition, encodeSnapshotPart([segment], null))).toMatchObject({
      ok: false,
      problem: expect.stringContaining('remove'),
    })
  })

  it('MS9 a frame in the wrong direction is malformed', () => {
    for (const frame of Object.values(downFrames))
      expect(decodeUp(frame)).toMatchObject({ ok: false, code: 'malformed' })
    for (const frame of Object.values(upFrames))
      expect(decodeDown(definition, frame)).toMatchObject({ ok: false })
  })

  it('MS2 the sample of every operation survives', () => {
    const decoded = decodeDown(definition, downFrames['patches'] ?? new Uint8Array())
    const received = decoded.ok && decoded.value.kind === 'patches' ? decoded.value.patches : []
    expect(received[0]?.operations).toEqual(expect.arrayContaining([...operations]))
  })
})

describe('datagrams', () => {
  it('MS14 come back equal, up and down', () => {
    fc.assert(
      fc.property(record({ seq: count, remote: id, args: encoded }), (datagram) => {
        const expected = { ok: true, value: { kind: 'datagram', ...datagram } }
        expect(decodeUp(encodeDatagramUp(datagram))).toEqual(expected)
        expect(decodeDown(definition, encodeDatagramDown(datagram))).toEqual(expected)
      }),
    )
  })

  it('MS15 are the only frames that a line may lose', () => {
    const all = [...Object.entries(upFrames), ...Object.entries(downFrames)]
    const unreliable = all.filter(([, frame]) => isUnreliableFrame(frame)).map(([name]) => name)
    expect(unreliable).toEqual(['datagram', 'datagram'])
    expect(isUnreliableFrame(new Uint8Array())).toBe(false)
  })
})
