import { isDeepStrictEqual } from 'node:util'
import { defineGame, defineRemotes, parse, request, toServer } from '@banyan/protocol'
import { toJsonSchema, toStandardJsonSchema } from '@valibot/to-json-schema'
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { garden, remotes } from '../../fixtures/garden-game.ts'
import { readLiteral } from '../../fixtures/read-literal.ts'
import { literal } from '../literal/literal.ts'
import { hostileCall } from './hostile-calls.ts'
import { payload, type RemoteCallOptions, remoteCall } from './remote-calls.ts'
import { schemaValues } from './schema-values.ts'

const tree = z.object({
  value: z.number(),
  get kids() {
    return z.array(tree)
  },
})

test.each([
  ['an object', z.object({ a: z.int().min(-3).max(3), b: z.string().min(2).max(4).optional() })],
  ['a tuple', z.tuple([z.number(), z.literal('x'), z.boolean()])],
  ['a tuple with a rest', z.tuple([z.number()], z.string())],
  ['a union', z.union([z.null(), z.enum(['a', 'b']), z.array(z.boolean()).min(2).max(5)])],
  ['an intersection', z.intersection(z.object({ a: z.number() }), z.object({ b: z.string() }))],
  ['a record', z.record(z.string(), z.number())],
  ['a record of names', z.record(z.enum(['a', 'b']), z.number())],
  ['bounds', z.number().gt(0).lt(1)],
  ['multiples', z.number().multipleOf(0.5).min(-2).max(2)],
  ['integers without bounds', z.int()],
  ['formats', z.tuple([z.email(), z.uuid(), z.url(), z.ipv4(), z.iso.date(), z.iso.datetime()])],
  ['a pattern', z.string().regex(/^[A-Z]{2}-\d+$/)],
  ['what contains itself', tree],
  ['a transform, which is given its input', z.object({ n: z.string().regex(/^\d+$/).transform(Number) })],
  ['anything', z.unknown()],
])('AB13 payloads fit %s', (_what, schema) => {
  fc.assert(
    fc.property(schemaValues(schema, 'it'), (value) => {
      expect(parse(schema, value).ok).toBe(true)
      expect(isDeepStrictEqual(readLiteral(literal(value)), value)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

describe('payloads', () => {
  const boat = v.object({
    name: v.pipe(v.string(), v.maxLength(8)),
    crew: v.tuple([v.number(), v.picklist(['a', 'b'])]),
    flag: v.optional(v.nullable(v.boolean())),
  })
  const boats = defineRemotes({ sail: toServer(boat), hail: request(v.string(), v.string()) })

  it('AB14 of a schema that does not describe itself throw, and say what to pass', () => {
    expect(() => payload(boats.sail)).toThrow(
      `cannot make values for "sail": its schema of "valibot" does not describe itself as JSON Schema. Pass jsonSchemaOf to describe it, or an arbitrary as values: { 'sail': … }.`,
    )
    expect(() => remoteCall(defineGame({ remotes: boats }))).toThrow(
      expect.objectContaining({ code: 'undescribedSchema' }),
    )
  })

  it('AB14 of a schema that JSON cannot describe throw, and say why', () => {
    const { at } = defineRemotes({ at: toServer(z.date()) })
    expect(() => payload(at)).toThrow(
      /cannot make values for "at": its schema of "zod" has no JSON Schema \(Date/,
    )
  })

  it('AB15 come from jsonSchemaOf, from a schema made to describe itself, or from values', () => {
    const described = payload(boats.sail, { jsonSchemaOf: (schema) => toJsonSchema(schema as typeof boat) })
    const itself = schemaValues(toStandardJsonSchema(boat), 'sail')
    for (const values of [described, itself]) {
      fc.assert(
        fc.property(values, (value) => v.is(boat, value)),
        { numRuns: 100 },
      )
    }
    const given = remoteCall(defineGame({ remotes: boats }), {
      values: { sail: fc.constant('given'), hail: fc.constant('given') },
    })
    expect(new Set(fc.sample(given, 50).map((call) => call.payload))).toEqual(new Set(['given']))
  })

  it('AB16 end with an error when the schema refuses what its description promises', () => {
    const never = schemaValues(
      z.string().refine(() => false),
      'never',
    )
    expect(() => fc.sample(never, 1)).toThrow(
      expect.objectContaining({ code: 'unsatisfiable', message: expect.stringContaining('"never"') }),
    )
  })
})

describe('calls', () => {
  it('AB17 are of what clients call, unless other directions are asked for', () => {
    const names = (calls: fc.Arbitrary<{ remote: string }>) =>
      [...new Set(fc.sample(calls, 200).map(({ remote }) => remote))].toSorted()
    expect(names(remoteCall(garden))).toEqual(['trade', 'water'])
    expect(names(remoteCall(garden, { directions: ['toClient'] }))).toEqual(['bloomed'])
    expect(names(remoteCall(garden, { remotes: ['trade'] }))).toEqual(['trade'])
    expect(() => remoteCall(garden, { remotes: ['mow'] })).toThrow(
      'cannot make calls of "mow": there is no such remote in the definition. Use any of water, bloomed, trade.',
    )
    expect(() => remoteCall(defineGame({}))).toThrow(expect.objectContaining({ code: 'invalidOption' }))
  })

  it.each([
    [{ direction: ['toClient'] }, 'option', 'Use any of jsonSchemaOf, values, directions, remotes.'],
    [{ directions: ['toSever'] }, 'direction', 'Use any of toServer, toClient, request.'],
    [{ values: { watr: fc.nat() } }, 'remote in the definition', 'Use any of water, bloomed, trade.'],
  ])('AB21 refuse what there is not: %o', (options, what, instead) => {
    for (const make of [remoteCall, hostileCall]) {
      expect(() => make(garden, options as RemoteCallOptions)).toThrow(
        expect.objectContaining({
          code: 'invalidOption',
          message: expect.stringContaining(`: there is no such ${what}. ${instead}`),
        }),
      )
    }
  })

  it('AB21 payloads refuse options that there are not, and take the values of other remotes', () => {
    const wrong = { value: {}, values: {} }
    expect(() => payload(remotes.water, wrong)).toThrow('"value": there is no such option')
    expect(() => schemaValues(z.string(), 'it', wrong as object)).toThrow('"value": there is no such option')
    payload(remotes.water, { values: { trade: fc.nat() } })
  })

  it('AB17 are typed by the contract', () => {
    const [first] = fc.sample(payload(remotes.water), 1)
    expect(first?.liters).toBeGreaterThanOrEqual(0)
    fc.assert(
      fc.property(remoteCall(garden), (call) => {
        const schema = call.remote === 'water' ? remotes.water.payload : remotes.trade.payload
        return parse(schema, call.payload).ok
      }),
    )
  })
})

describe('hostile calls', () => {
  const calls = fc.sample(hostileCall(garden), { numRuns: 2_000, seed: 1 })
  const printed = calls.map(({ payload: value }) => literal(value))

  it.each([
    ['NaN', /NaN/],
    ['infinities', /-Number\.POSITIVE_INFINITY/],
    ['prototype keys', /\['__proto__'\]/],
    ['what every object has', /constructor: /],
    ['long text', /'x'\.repeat\(70000\)/],
    ['deep data', /(\{ ?\n? *inside: ){8}/],
    ['valid calls with a flaw', /\{ kind: 'give', to: \[/],
  ])('AB18 have %s', (_what, pattern) => {
    expect(printed.some((text) => pattern.test(text))).toBe(true)
  })

  it('AB18 are refused by the schema, most of them', () => {
    const contracts: Readonly<Record<string, (typeof remotes)[keyof typeof remotes]>> = remotes
    const refused = calls.filter(({ remote, payload: value }) => {
      const contract = contracts[remote]
      return contract !== undefined && !parse(contract.payload, value).ok
    })
    expect(refused.length / calls.length).toBeGreaterThan(0.7)
  })

  it('AB18 attack schemas that do not describe themselves, too', () => {
    const blind = defineGame({ remotes: defineRemotes({ say: toServer(v.string()) }) })
    expect(fc.sample(hostileCall(blind), 10)).toHaveLength(10)
  })
})
