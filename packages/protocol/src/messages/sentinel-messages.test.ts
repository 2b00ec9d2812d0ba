import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  arranged,
  classNumberOf,
  create,
  definition,
  finite,
  id,
  operation,
  text,
} from '../../fixtures/arbitraries.ts'
import { encodeSegment } from '../codec/operations/segment-writer.ts'
import { decodeDown } from './down/down-message.ts'
import { appendSession, encodePatches } from './down/patches.ts'
import { addNews, decodeNews, type SentinelNews } from './down/sentinel-news.ts'
import { encodeSentinelCall, type SentinelCall } from './up/sentinel-call.ts'
import { decodeUp } from './up/up-message.ts'

const count = fc.maxSafeNat()
const record = <Fields>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) =>
  fc.record(fields, { noNullPrototype: true })
const patch = record({
  seq: count,
  tick: count,
  timeMs: finite,
  segments: fc.array(fc.array(operation, { maxLength: 1 }), { maxLength: 3 }),
})
const half = fc.integer()
const checksum = record({ high: half, low: half })
const question = fc
  .tuple(id, fc.nat(5), fc.nat())
  .map(([of, level, prefix]) => ({ id: of, level, prefix: prefix % 64 ** level }))
const branch = record({
  own: checksum,
  form: fc.constantFrom('children' as const, 'groups' as const),
  parts: fc.array(fc.tuple(count, checksum), { maxLength: 64 }).map((parts) => new Map(parts)),
})

function readWithNews(frame: Uint8Array) {
  const decoded = decodeDown(definition, frame)
  if (!decoded.ok || decoded.value.kind !== 'patches') throw new Error('no patches')
  const { news, patches, session } = decoded.value
  const told = decodeNews(definition, news ?? new Uint8Array())
  return { patches, session, told: told.ok ? told.value : told.problem }
}

it('MS2 what a client says to the sentinel comes back equal', () => {
  const sentinelCall: fc.Arbitrary<SentinelCall> = fc.oneof(
    record({ kind: fc.constant('branch' as const), question }),
    record({ kind: fc.constant('below' as const), id }),
    record({ kind: fc.constant('whole' as const) }),
    record({
      kind: fc.constant('found' as const),
      id,
      differences: fc.array(record({ id, field: text }), { maxLength: 16 }),
    }),
    record({ kind: fc.constant('lost' as const) }),
  )
  fc.assert(
    fc.property(sentinelCall, (message) => {
      expect(decodeUp(encodeSentinelCall(message))).toEqual({
        ok: true,
        value: { kind: 'sentinel', call: message },
      })
    }),
  )
})

it('MS19 news comes back equal, with the patches and deliveries of the frame that it was added to', () => {
  const news: fc.Arbitrary<Exclude<SentinelNews, { kind: 'below' }>> = fc.oneof(
    record({ kind: fc.constant('checksum' as const), checksum }),
    record({ kind: fc.constant('branch' as const), question, branch: fc.option(branch) }),
  )
  fc.assert(
    fc.property(fc.array(patch, { maxLength: 3 }), news, (patches, told) => {
      const plain = encodePatches(
        patches.map(({ segments, ...stamp }) => ({
          ...stamp,
          segments: segments.map((segment) => encodeSegment(definition, segment, classNumberOf)),
        })),
      )
      const session = { callSeq: 1, eventSeq: 2, deliveries: [] }
      const of = {
        patches: patches.map(({ segments, ...stamp }) => ({ ...stamp, operations: arranged(...segments) })),
        told,
      }
      expect(readWithNews(addNews(plain, told))).toEqual({ ...of, session: null })
      expect(readWithNews(addNews(appendSession(plain, session), told))).toEqual({ ...of, session })
    }),
  )
  fc.assert(
    fc.property(id, fc.array(create, { maxLength: 1 }), (of, creates) => {
      const segment = encodeSegment(definition, creates)
      expect(readWithNews(addNews(encodePatches([]), { kind: 'below', id: of, segment }))).toMatchObject({
        told: { kind: 'below', id: of, creates },
      })
    }),
  )
})

it('MS20 a branch of more than 64 parts, or a call of more than 16 differences, is malformed', () => {
  const sum = { high: 1, low: 2 }
  const branchOf = (parts: number): SentinelNews & { kind: 'branch' } => ({
    kind: 'branch',
    question: { id: 1, level: 0, prefix: 0 },
    branch: {
      own: sum,
      form: 'children',
      parts: new Map(Array.from({ length: parts }, (_, at) => [at, sum])),
    },
  })
  const told = (parts: number) => readWithNews(addNews(encodePatches([]), branchOf(parts))).told
  expect([told(64), told(65)]).toEqual([branchOf(64), 'a branch has 65 parts'])
  const call = (differences: number) =>
    decodeUp(
      encodeSentinelCall({
        kind: 'found',
        id: 1,
        differences: Array.from({ length: differences }, () => ({ id: 1, field: 'name' })),
      }),
    )
  expect([call(16), call(17)]).toMatchObject([{ ok: true }, { ok: false }])
})
