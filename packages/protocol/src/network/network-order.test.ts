import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNetworkWorld, numbersOf, reliable, unreliable } from '../../fixtures/network-world.ts'
import type { LineConditions, NetworkConditions } from './conditions.ts'

const line = fc.record(
  {
    latencyMs: fc.nat({ max: 500 }),
    jitterMs: fc.nat({ max: 300 }),
    loss: fc.double({ min: 0, max: 1, noNaN: true }),
    retransmitMs: fc.nat({ max: 400 }),
    reorder: fc.double({ min: 0, max: 1, noNaN: true }),
    bytesPerSecond: fc.option(fc.integer({ min: 10, max: 100_000 })),
  } satisfies { [Field in keyof LineConditions]: fc.Arbitrary<LineConditions[Field]> },
  { requiredKeys: [] },
)
const conditions: fc.Arbitrary<NetworkConditions> = fc
  .tuple(line, fc.record({ up: line, down: line, isPartitioned: fc.boolean() }, { requiredKeys: [] }))
  .map(([both, each]) => ({ ...both, ...each }))

type Act =
  | { readonly kind: 'send'; readonly end: 'client' | 'server'; readonly isReliable: boolean }
  | { readonly kind: 'set'; readonly conditions: NetworkConditions }
  | { readonly kind: 'heal' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'advance'; readonly ms: number }

const act = fc.oneof<fc.MaybeWeightedArbitrary<Act>[]>(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      end: fc.constantFrom('client' as const, 'server' as const),
      isReliable: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('set' as const), conditions }) },
  { weight: 1, arbitrary: fc.constantFrom<Act>({ kind: 'heal' }, { kind: 'clear' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('advance' as const), ms: fc.nat({ max: 200 }) }) },
)

/** Plays the acts; the numbers that were sent reliably and all that were heard, by direction. */
function play(seed: number, acts: readonly Act[], closer: 'client' | 'server') {
  const { clock, network, join, reported } = createNetworkWorld({ seed })
  const guest = join('ana')
  const sent = { client: [] as number[], server: [] as number[] }
  acts.forEach((one, number) => {
    if (one.kind === 'set') network.set('ana', one.conditions)
    else if (one.kind === 'heal') network.heal('ana')
    else if (one.kind === 'clear') network.clear()
    else if (one.kind === 'advance') clock.advance(one.ms)
    else {
      guest[one.end].channel.send(one.isReliable ? reliable(number) : unreliable(number))
      if (one.isReliable) sent[one.end].push(number)
      clock.advance(0)
    }
  })
  guest[closer].channel.close()
  network.heal('ana')
  clock.advance(600_000)
  return { guest, sent, network, clock, reported, acts }
}

describe('order on a line', () => {
  it('NW9 reliable frames come in order, all of them while the line is whole, and a close comes behind', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(act, { maxLength: 60 }),
        fc.constantFrom('client' as const, 'server' as const),
        (seed, acts, closer) => {
          const { guest, sent, network, clock, reported } = play(seed, acts, closer)
          const other = closer === 'client' ? 'server' : 'client'
          const isReliable = (number: number) => {
            const one = acts[number]
            return one?.kind === 'send' && one.isReliable
          }
          expect(numbersOf(guest[other].heard).filter(isReliable)).toEqual(sent[closer])
          // The closing end stops hearing: what it heard until then is the beginning of what it was sent.
          const heard = numbersOf(guest[closer].heard).filter(isReliable)
          expect(heard).toEqual(sent[other].slice(0, heard.length))
          expect([guest.client.closes.length, network.underWay, clock.pending]).toEqual([1, 0, 0])
          expect(reported).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('NW9 nothing comes twice, nor from nowhere', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(act, { maxLength: 60 }), (seed, acts) => {
        const { guest } = play(seed, acts, 'client')
        for (const [end, other] of [
          ['client', 'server'],
          ['server', 'client'],
        ] as const) {
          const numbers = numbersOf(guest[end].heard)
          expect(new Set(numbers).size).toBe(numbers.length)
          expect(numbers.every((number) => acts[number]?.kind === 'send' && acts[number].end === other)).toBe(
            true,
          )
        }
      }),
    )
  })

  it('NW10 one seed, one run', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(act, { maxLength: 60 }), (seed, acts) => {
        const [first, second] = [play(seed, acts, 'server'), play(seed, acts, 'server')]
        expect(second.guest.server.heard).toEqual(first.guest.server.heard)
        expect(second.guest.client.heard).toEqual(first.guest.client.heard)
        expect(second.guest.client.closes).toEqual(first.guest.client.closes)
      }),
    )
  })
})
