import { defineClass, int, string } from '@banyan/datamodel'
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
})
