import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type {
  AnswerInput,
  AnswerOutput,
  ContractInput,
  ContractOutput,
  Request,
  ToClient,
  ToServer,
} from './contract.ts'
import { isUnreliable, request, toClient, toServer } from './contract.ts'
import { defineRemotes } from './define-remotes.ts'
import { parse } from './schema.ts'
import { unreliableExcess } from './unreliable-payload.ts'

const textToNumber = v.pipe(v.string(), v.transform(Number))

const remotes = defineRemotes({
  steer: toServer(v.object({ angle: v.number() }), { rate: { perSecond: 30, burst: 60 }, maxBytes: 100 }),
  announced: toClient(v.object({ text: v.string() })),
  buy: request(v.object({ item: textToNumber }), v.object({ coins: textToNumber }), { deadlineMs: 500 }),
})

describe('contracts', () => {
  it('CT1 know their name, direction and options, and are frozen', () => {
    expect(remotes.steer).toMatchObject({
      name: 'steer',
      direction: 'toServer',
      options: { rate: { perSecond: 30, burst: 60 }, maxBytes: 100 },
    })
    expect(remotes.buy).toMatchObject({ name: 'buy', direction: 'request', options: { deadlineMs: 500 } })
    expect(
      [remotes, remotes.steer, remotes.steer.options, remotes.steer.options.rate].every(Object.isFrozen),
    ).toBe(true)
  })

  it('CT2 types flow: senders write the input, handlers get the output', () => {
    expectTypeOf(remotes.steer).toExtend<ToServer>()
    expectTypeOf(remotes.announced).toExtend<ToClient>()
    expectTypeOf(remotes.buy).toExtend<Request>()
    expectTypeOf<ContractInput<typeof remotes.steer>>().toEqualTypeOf<{ angle: number }>()
    expectTypeOf<ContractOutput<typeof remotes.announced>>().toEqualTypeOf<{ text: string }>()
    expectTypeOf<ContractInput<typeof remotes.buy>>().toEqualTypeOf<{ item: string }>()
    expectTypeOf<ContractOutput<typeof remotes.buy>>().toEqualTypeOf<{ item: number }>()
    expectTypeOf<AnswerInput<typeof remotes.buy>>().toEqualTypeOf<{ coins: string }>()
    expectTypeOf<AnswerOutput<typeof remotes.buy>>().toEqualTypeOf<{ coins: number }>()
  })

  it.each(['', '1st', 'a.b', 'a b', 'constructor', 'toString', 'a'.repeat(101)])(
    'CT3 refuses the name %j',
    (name) => {
      expect(() => defineRemotes({ [name]: toServer(v.number()) })).toThrow(
        expect.objectContaining({ code: 'invalidContract' }),
      )
    },
  )

  it.each([
    { maxBytes: 0 },
    { maxBytes: Number.NaN },
    { rate: { perSecond: -1, burst: 1 } },
    { rate: { perSecond: 1, burst: Number.POSITIVE_INFINITY } },
  ])('CT3 refuses the limit %j', (options) => {
    expect(() => toServer(v.number(), options)).toThrow(expect.objectContaining({ code: 'invalidContract' }))
  })
})

describe('unreliable contracts', () => {
  it('CT10 are events only, and say so', () => {
    const { look, looked, buy } = defineRemotes({
      look: toServer(v.number(), { unreliable: true }),
      looked: toClient(v.number(), { unreliable: true, maxBytes: 100 }),
      // @ts-expect-error an answer cannot be lost
      buy: request(v.number(), v.number(), { unreliable: true }),
    })
    expect([look, looked, remotes.steer, buy].map(isUnreliable)).toEqual([true, true, false, false])
    expectTypeOf(look).toExtend<ToServer>()
    expectTypeOf(looked).toExtend<ToClient>()
  })

  it('CT11 carry 1,000 bytes of arguments, an instance counting as four beside its place among them', () => {
    const of = (bytes: number, instances: number) =>
      unreliableExcess('look', { bytes: new Uint8Array(bytes), instances: Array(instances).fill(null) })
    expect([of(1000, 0), of(992, 2)]).toEqual([null, null])
    expect(of(1001, 0)).toBe(
      '"look" was fired with 1001 bytes, and an unreliable remote carries 1000: it is dropped. Send less, or make the remote reliable.',
    )
    expect(of(997, 1)).toMatch(/1001 bytes/)
  })
})

describe('parse', () => {
  it('CT4 returns the output, or the issues with their paths', () => {
    const schema = v.object({ items: v.array(textToNumber) })
    expect(parse(schema, { items: ['1'] })).toEqual({ ok: true, value: { items: [1] } })
    const failed = parse(schema, { items: ['1', 2] })
    expect(failed.ok ? [] : failed.issues).toEqual([expect.stringMatching(/^items\.1: /)])
    expect(parse(v.number(), 'x')).toMatchObject({ ok: false, issues: [expect.not.stringMatching(/^:/)] })
  })

  it('CT9 of many long issues a few short ones are told', () => {
    const schema = v.record(v.string(), v.number())
    const hostile = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`${index}${'k'.repeat(500)}`, 'x'.repeat(5_000)]),
    )
    const failed = parse(schema, hostile)
    const issues = failed.ok ? [] : failed.issues
    expect(issues).toHaveLength(5)
    expect(issues.at(-1)).toBe('and 996 more')
    expect(issues.join('').length).toBeLessThan(1_000)
  })

  it('CT5 an asynchronous schema is a typed error and leaves no unhandled rejection', () => {
    const schema: StandardSchemaV1 = {
      '~standard': { version: 1, vendor: 'test', validate: () => Promise.reject(new Error('late')) },
    }
    expect(() => parse(schema, 1)).toThrow(expect.objectContaining({ code: 'asyncSchema' }))
  })

  it('CT6 a schema that throws counts as an issue', () => {
    const schema = v.pipe(
      v.unknown(),
      v.transform(() => {
        throw new Error('cannot read that')
      }),
    )
    expect(parse(schema, 1)).toEqual({ ok: false, issues: ['the schema threw: Error: cannot read that'] })
  })
})
