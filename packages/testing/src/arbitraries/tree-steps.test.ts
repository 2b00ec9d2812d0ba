import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { createGarden, garden, Plant, plots } from '../../fixtures/garden-game.ts'
import { readLiteral } from '../../fixtures/read-literal.ts'
import { createCast } from '../cast/cast.ts'
import type { TreeStep } from '../cast/tree-step.ts'
import { literal } from '../literal/literal.ts'
import { creatableClasses } from './things.ts'
import { tree, treeStep } from './tree-steps.ts'

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
    expect(new Set(plants.map(({ kind }) => kind)).size).toBe(9)
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
})
