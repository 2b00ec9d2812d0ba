import { defineClass, float, float32, int, oneOf, type PropertyType, string } from '@banyan/datamodel'
import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineGame } from './game-definition.ts'
import { type ContractInput, request, toClient, toServer } from './remotes/contract.ts'
import { defineRemotes } from './remotes/define-remotes.ts'

const Racer = defineClass('Racer', { properties: { lap: int(0) } })
const Chest = defineClass('Chest', { properties: { keeper: string('') } })
const remotes = defineRemotes({ steer: toServer(v.object({ angle: v.number() })) })

describe('game definition', () => {
  it('CT7 keeps classes in their order, behind the built-in ones, and the contracts with their types', () => {
    const game = defineGame({ classes: [Racer, Chest], remotes })
    expect(game.classes.slice(-2)).toEqual([Racer, Chest])
    expect(game.classNumberOf(Racer.schema)).toBe(game.classes.length - 2)
    expect(game.remotes).toBe(remotes)
    expect(Object.isFrozen(game)).toBe(true)
    expectTypeOf<ContractInput<typeof game.remotes.steer>>().toEqualTypeOf<{ angle: number }>()
    expect(defineGame().remotes).toEqual({})
  })

  it('CT8 the hash is equal for equal definitions and different for any other', () => {
    const hash = (parts: Parameters<typeof defineGame>[0]) => defineGame(parts).hash
    const same = defineClass('Racer', { properties: { lap: int(0) } })
    expect(hash({ classes: [Racer], remotes })).toBe(hash({ classes: [same], remotes }))
    const others = [
      {},
      { classes: [Racer] },
      { classes: [Racer, Chest] },
      { classes: [Chest, Racer] },
      { classes: [defineClass('Racer', { properties: { lap: int(1) } })] },
      { classes: [defineClass('Racer', { properties: { laps: int(0) } })] },
      { remotes },
      { remotes: defineRemotes({ steer: toServer(v.number(), { unreliable: true }) }) },
      { remotes: defineRemotes({ steer: toClient(v.number()) }) },
      { remotes: defineRemotes({ steer: request(v.number(), v.number()) }) },
      { remotes: defineRemotes({ turn: toServer(v.number()) }) },
    ]
    expect(new Set(others.map(hash)).size).toBe(others.length)
    expect(hash({})).toMatch(/^[0-9a-f]{16}$/)
  })

  const withProperties = (properties: Readonly<Record<string, PropertyType<unknown>>>) => {
    const Thing: unknown = defineClass('Thing', { properties })
    return { classes: [Thing as typeof Racer] }
  }
  const [steer, turn] = [toServer(v.number()), toServer(v.number())]
  const Owned = defineClass('Racer', { properties: { lap: int(0) }, visibleTo: 'owner' })

  it.each<[string, Parameters<typeof defineGame>[0], Parameters<typeof defineGame>[0]]>([
    ['order of properties', withProperties({ a: int(), b: int() }), withProperties({ b: int(), a: int() })],
    ['kind', withProperties({ a: float() }), withProperties({ a: float32() })],
    ['kind', withProperties({ a: float(0, { precision: 32 }) }), withProperties({ a: float32() })],
    [
      'precision',
      withProperties({ a: float(0, { precision: 0.1 }) }),
      withProperties({ a: float(0, { precision: 0.01 }) }),
    ],
    [
      'rule of a property',
      withProperties({ a: int() }),
      withProperties({ a: int(0, { visibleTo: 'owner' }) }),
    ],
    ['rule of a class', { classes: [Racer] }, { classes: [Owned] }],
    ['choice', withProperties({ a: oneOf('x', 'y') }), withProperties({ a: oneOf('x', 'z') })],
    [
      'order of choices',
      withProperties({ a: oneOf('x', 'y') }),
      withProperties({ a: oneOf('y', 'x', { default: 'x' }) }),
    ],
    [
      'order of remotes',
      { remotes: defineRemotes({ steer, turn }) },
      { remotes: defineRemotes({ turn, steer }) },
    ],
  ])('CT8 another %s is another hash', (_what, before, after) => {
    expect(defineGame(before).hash).not.toBe(defineGame(after).hash)
  })
})
