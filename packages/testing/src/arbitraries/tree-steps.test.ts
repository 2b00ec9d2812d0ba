import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createGarden, garden, Plant, plots } from '../../fixtures/garden-game.ts'
import { readLiteral } from '../../fixtures/read-literal.ts'
import { createCast } from '../cast/cast.ts'
import type { TreeStep } from '../cast/tree-step.ts'
import { literal } from '../literal/literal.ts'
import { converge } from './converge.ts'
import { creatableClasses, type TreeArbitraryOptions } from './things.ts'
import { tree, treeStep } from './tree-steps.ts'
import { trials } from './trials.ts'

const steps = fc.array(treeStep(garden, plots), { maxLength: 40, size: 'max' })

test('AB4 every step is one that a tree takes, whichever steps come before it', () => {
  fc.assert(
    fc.property(steps, (played) => {
      const { game } = createGarden()
      const cast = createCast(game)
      for (const step of played) cast.apply(step)
      game.commit({ tick: 1 })
    }),
    { numRuns: 200 },
  )
})

test('AB5 every step of a tree makes its thing', () => {
  fc.assert(
    fc.property(tree(garden, { classes: plots.classes, maxThings: 6 }), (created) => {
      const { game } = createGarden()
      const cast = createCast(game)
      expect(created.map((step) => cast.apply(step))).toEqual(created.map(() => true))
      expect(cast.labels).toEqual(created.map(({ thing }) => thing))
    }),
    { numRuns: 100 },
  )
})

test('AB6 steps and trees are plain data, and print as they are', () => {
  fc.assert(
    fc.property(steps, (played) => {
      expect(isDeepStrictEqual(readLiteral(literal(played)), played)).toBe(true)
      expect(isDeepStrictEqual(structuredClone(played), played)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

describe('tree steps', () => {
  const sample = fc.sample(treeStep(garden), { numRuns: 3_000, seed: 1 })

  it('AB7 make all creatable classes of the definition, and no others', () => {
    const made = new Set(sample.flatMap((step) => (step.kind === 'create' ? [step.className] : [])))
    expect([...made].toSorted()).toEqual(
      creatableClasses(garden)
        .map(({ name }) => name)
        .toSorted(),
    )
    expect(made).toContain('Plant')
    expect(made).not.toContain('Player')
    expect(made).not.toContain('Workspace')
  })

  it('AB7 are of every kind and write every property', () => {
    const plants = fc.sample(treeStep(garden, { classes: [Plant] }), { numRuns: 3_000, seed: 1 })
    expect(new Set(plants.map(({ kind }) => kind)).size).toBe(11)
    const written = new Set(plants.flatMap((step) => (step.kind === 'set' ? [step.property] : [])))
    expect([...written].toSorted()).toEqual(Plant.schema.properties.map(({ name }) => name).toSorted())
  })

  it('AB8 keep the shape of nested defaults', () => {
    const roots = fc
      .sample(treeStep(garden, { classes: [Plant] }), { numRuns: 2_000, seed: 2 })
      .flatMap((step) => (step.kind === 'set' && step.property === 'roots' ? [step.value] : []))
    expect(roots.length).toBeGreaterThan(10)
    for (const value of roots) {
      expect(value).toEqual({
        depths: expect.any(Array),
        soil: { wet: expect.any(Boolean), note: expect.any(String) },
        tags: expect.any(Object),
      })
    }
  })

  it('AB9 shrink to the steps that matter', () => {
    const isCaught = (played: readonly TreeStep[]): boolean => {
      const { game } = createGarden()
      const cast = createCast(game)
      for (const step of played) cast.apply(step)
      return game
        .getService('Workspace')
        .getDescendants()
        .some((found) => found.hasTag('red'))
    }
    const found = fc.check(
      fc.property(steps, (played) => !isCaught(played)),
      { seed: 5, numRuns: 5_000 },
    )
    const [played = []] = found.counterexample ?? []
    expect(isCaught(played)).toBe(true)
    expect(played.length).toBeLessThanOrEqual(2)
  })

  it('AB11 take values of their own for a property', () => {
    const sevens = treeStep(garden, { classes: [Plant], values: { 'Plant.leaves': fc.constant(7) } })
    const leaves = fc
      .sample(sevens, { numRuns: 1_000, seed: 1 })
      .flatMap((step) => (step.kind === 'set' && step.property === 'leaves' ? [step.value] : []))
    expect(new Set(leaves)).toEqual(new Set([7]))
  })

  it('AB12 need something to be made of', () => {
    expect(() => treeStep(garden, { classes: [] })).toThrow(
      expect.objectContaining({ code: 'invalidOption', message: expect.stringContaining('without things') }),
    )
  })

  it.each([
    [{ value: {} }, /make (steps for )?a tree with "value": there is no such option. Use any of classes/],
    [{ services: ['Wrokspace'] }, /"Wrokspace": there is no such service. Use any of .*Workspace/],
    [{ values: { 'Lot.prize': fc.nat() } }, /"Lot": there is no such class to make. Use any of .*Plant/],
    [{ values: { Plant: fc.nat() } }, /"": there is no such property of "Plant". Use any of .*leaves/],
    [{ values: { 'Plant.leafs': fc.nat() } }, /"leafs": there is no such property of "Plant"/],
    [{ values: { 'Instance.name': fc.nat() } }, /"Instance": there is no such class to make/],
  ])('AB21 refuse what there is not: %o', (options, why) => {
    for (const make of [treeStep, tree]) {
      expect(() => make(garden, options as TreeArbitraryOptions)).toThrow(
        expect.objectContaining({ code: 'invalidOption', message: expect.stringMatching(why) }),
      )
    }
  })

  it('AB21 trials and convergence runs refuse options that there are not, and take the others', async () => {
    const wrong = { valeus: {}, values: { 'Plant.leaves': fc.constant(7) }, runs: 1, seed: 1 }
    const { valeus, ...right } = wrong
    expect(() => trials({ valeus, ...plots } as object)).toThrow(
      'cannot make trials with "valeus": there is no such option. Use any of classes, players, services, thingsPerClass, values, definition, maxSteps.',
    )
    await expect(converge(wrong)).rejects.toThrow('cannot converge with "valeus"')
    const script = { script: [], scripts: [] }
    await expect(converge({ ...right, definition: garden, trial: script })).rejects.toThrow(
      expect.objectContaining({
        code: 'invalidOption',
        message: expect.stringMatching(/^cannot play a trial with "script"/),
      }),
    )
    await converge({
      ...right,
      definition: garden,
      ...plots,
      maxSteps: 5,
      maxRuns: 5,
      regression: {},
      onRun() {},
    })
  })

  it('AB21 values take the place of inherited properties by the class that is made', () => {
    const frozen = treeStep(garden, { classes: [Plant], values: { 'Plant.anchored': fc.constant(true) } })
    const anchored = fc
      .sample(frozen, { numRuns: 1_000, seed: 1 })
      .flatMap((step) => (step.kind === 'set' && step.property === 'anchored' ? [step.value] : []))
    expect(new Set(anchored)).toEqual(new Set([true]))
  })
})
