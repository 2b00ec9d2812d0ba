import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clocks/manual-clock.ts'
import { ProtocolError } from '../errors.ts'
import type { NetworkConditions } from './conditions.ts'
import { createNetwork } from './create-network.ts'

const bounds = {
  latencyMs: [0, 60_000],
  jitterMs: [0, 60_000],
  loss: [0, 1],
  retransmitMs: [0, 60_000],
  reorder: [0, 1],
  bytesPerSecond: [1, 1_000_000_000],
} as const

const network = () => createNetwork({ clock: createManualClock(), seed: 1 })

/** As plain JavaScript, or a file, would pass them. */
function refusalOf(conditions: unknown): string {
  const one = network()
  for (const set of [
    () => one.set('ana', conditions as NetworkConditions),
    () => one.setForAll(conditions as NetworkConditions),
  ]) {
    try {
      set()
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      expect(error.code).toBe('invalidConditions')
      expect(one.conditionsOf('ana')).toEqual(network().conditionsOf('ana'))
      if (set.toString().includes('setForAll')) return error.message
      continue
    }
    throw new Error('nothing was refused')
  }
  throw new Error('nothing was refused')
}

describe('conditions that are refused', () => {
  it.each(Object.entries(bounds))('NW18 %s has its range, in each direction', (field, [least, most]) => {
    const wrong: readonly unknown[] = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      least - 0.001,
      -5,
      most + 0.001,
      '5',
      true,
      {},
      [],
      5n,
      ...(field === 'bytesPerSecond' ? [] : [null]),
    ]
    for (const value of wrong) {
      expect(refusalOf({ [field]: value })).toContain(`"${field}"`)
      expect(refusalOf({ up: { [field]: value } })).toContain(`"up.${field}"`)
      const message = refusalOf({ down: { [field]: value } })
      expect(message).toContain(`"down.${field}"`)
      expect(message).toContain(`Pass a number from ${least} to ${most}`)
    }
    for (const value of [least, most]) network().set('ana', { [field]: value })
  })

  it('NW18 says what was passed, why not, and what to pass', () => {
    expect(refusalOf({ latencyMs: -5 })).toBe(
      'cannot set "latencyMs" to -5: it is below 0. Pass a number from 0 to 60000.',
    )
    expect(refusalOf({ up: { loss: 30 } })).toBe(
      'cannot set "up.loss" to 30: it is above 1. Pass a number from 0 to 1.',
    )
    expect(refusalOf({ bytesPerSecond: 0 })).toBe(
      'cannot set "bytesPerSecond" to 0: it is below 1. Pass a number from 1 to 1000000000, or null for no cap.',
    )
    expect(refusalOf({ latency: 100 })).toBe(
      'cannot set "latency": there is no such condition. Set any of latencyMs, jitterMs, loss, retransmitMs, reorder, bytesPerSecond, up, down, isPartitioned, flap, seed.',
    )
  })

  it.each([
    [{ isPartitioned: 1 }, '"isPartitioned"'],
    [{ isPartitioned: null }, '"isPartitioned"'],
    [{ seed: 0.5 }, '"seed" to 0.5'],
    [{ seed: Number.NaN }, '"seed" to NaN'],
    [{ seed: '7' }, '"seed" to a value of type string'],
    [{ flap: {} }, '"flap.upMs"'],
    [{ flap: { upMs: [1, 2] } }, '"flap.downMs"'],
    [{ flap: { upMs: 5, downMs: [1, 2] } }, '"flap.upMs"'],
    [{ flap: { upMs: [0, 2], downMs: [1, 2] } }, '"flap.upMs[0]" to 0'],
    [{ flap: { upMs: [1, 2], downMs: [5, 4] } }, '"flap.downMs[1]" to 4: it is below 5'],
    [{ flap: { upMs: [1, Number.NaN], downMs: [1, 2] } }, '"flap.upMs[1]" to NaN'],
    [{ flap: { upMs: [1, 3_600_001], downMs: [1, 2] } }, '"flap.upMs[1]" to 3600001'],
    [{ flap: { upMs: [1, 2], downMs: [1, 2], idleMs: 3 } }, '"flap.idleMs"'],
    [{ flap: 3 }, '"flap" to 3'],
    [{ up: null }, '"up" to null'],
    [{ up: { up: {} } }, '"up.up"'],
    [{ down: { isPartitioned: true } }, '"down.isPartitioned"'],
    [null, '"conditions" to null'],
    [[], '"conditions"'],
    ['slow', '"conditions" to a value of type string'],
  ])('NW18 refuses %j', (conditions, named) => {
    expect(refusalOf(conditions)).toContain(named)
  })

  it('NW18 what is undefined is left out', () => {
    const one = network()
    one.set('ana', { latencyMs: 5 })
    one.set('ana', { latencyMs: undefined, up: undefined, down: { loss: undefined } } as never)
    expect(one.conditionsOf('ana').up.latencyMs).toBe(5)
  })

  it('NW18 a player has a name', () => {
    const one = network()
    for (const act of [one.partition, one.heal, one.cut, one.block, (name: string) => one.set(name, {})]) {
      expect(() => act('')).toThrow('cannot set "player" to a value of type string: it is no name.')
      expect(() => act(3 as never)).toThrow(expect.objectContaining({ code: 'invalidConditions' }))
    }
  })

  it('NW18 whatever is passed, it is taken or refused as invalidConditions, and never half', () => {
    const fields = [...Object.keys(bounds), 'up', 'down', 'isPartitioned', 'flap', 'seed']
    const value = fc.oneof(
      fc.anything(),
      fc.double(),
      fc.record({ upMs: fc.anything(), downMs: fc.anything() }),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), value), (conditions) => {
        const one = network()
        const before = one.conditionsOf('ana')
        try {
          one.set('ana', conditions as NetworkConditions)
        } catch (error) {
          expect(error).toMatchObject({ name: 'ProtocolError', code: 'invalidConditions' })
          expect(one.conditionsOf('ana')).toEqual(before)
        }
      }),
    )
  })
})
