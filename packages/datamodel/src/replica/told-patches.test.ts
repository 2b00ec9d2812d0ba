import fc, { type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'
import { createTestPlace, definition, indexOf, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import { DataModelError } from '../errors.ts'
import type { DataModel } from '../tree/data-model.ts'
import { expandRuns, type ToldColumn, type ToldRun } from '../tree/told-run.ts'
import { applyPatch, applyRuns } from './apply-patch.ts'
import { replicaView } from './replica-view.ts'

const at = { seq: 99, tick: 1, timeMs: 0 }
const racers = definition.classNumberOf(Racer.schema) ?? 0
const folders = definition.classNumberOf(Folder.schema) ?? 0
const newIds = [901, 902]

function setUp() {
  const place = createTestPlace()
  const replicas = ['Ana', 'Bo'].map((name) => place.join(name).replica.game)
  const box = new Folder({ name: 'box', parent: place.workspace })
  const cars = [1, 2, 3].map((lap) => new Racer({ parent: lap === 3 ? box : place.workspace, lap }))
  place.commit()
  return { replicas, ids: [box, ...cars].map(({ id }) => id) }
}

/** Instances by their place in the scene, those that a patch makes, and one that nobody knows. */
const spot = fc.oneof({ weight: 20, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constantFrom(5, 6) })
const written: Readonly<Record<string, Arbitrary<unknown>>> = {
  lap: fc.integer(),
  progress: fc.integer().map((steps) => steps / 4),
  phase: fc.constantFrom('lobby', 'racing', 'over'),
  rival: fc.option(fc.constantFrom(...newIds, 1, 4_000)),
  bag: fc.record({ items: fc.array(fc.string()), coins: fc.constant({ gold: 1, silver: 2 }) }),
}

function cellsOf(count: number, value: Arbitrary<unknown>): Arbitrary<unknown[]> {
  return fc.array(fc.option(value, { nil: undefined, freq: 3 }), { minLength: count, maxLength: count })
}

function columnsOf(count: number, form: 'values' | 'any'): Arbitrary<ToldColumn[]> {
  return fc.subarray(Object.keys(written)).chain((names) =>
    fc.tuple(
      ...names.map((name): Arbitrary<ToldColumn> => {
        const index = indexOf(name)
        const values = cellsOf(count, written[name] ?? fc.nat()).map(
          (cells): ToldColumn => ({ kind: 'values', index, values: cells }),
        )
        const steps = cellsOf(count, fc.maxSafeInteger()).map(
          (cells): ToldColumn => ({ kind: 'steps', index, parts: [cells as number[]] }),
        )
        // Mostly of what has steps.
        if (form === 'values') return values
        return fc.oneof(
          { weight: 20, arbitrary: values },
          { weight: name === 'progress' ? 20 : 1, arbitrary: steps },
        )
      }),
    ),
  )
}

/** Runs that tell of each instance in one of them, whatever else of them fits. */
const patches = fc
  .array(fc.uniqueArray(spot, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .map((runs) => runs.map((run, row) => run.filter((one) => !runs.slice(0, row).flat().includes(one))))
  .chain((runs) => fc.tuple(...runs.map((run) => fc.tuple(fc.constant(run), columnsOf(run.length, 'any')))))

const creations = fc.option(
  fc.record({
    columns: columnsOf(newIds.length, 'values'),
    parent: fc.constantFrom(1, 1, 901, 902),
    classNumber: fc.oneof(
      { weight: 9, arbitrary: fc.constant(racers) },
      { weight: 1, arbitrary: fc.constant(folders) },
    ),
  }),
)

/** What both players see alike. */
function ours(game: DataModel) {
  return replicaView(game).filter(({ classNumber }) => [racers, folders].includes(classNumber))
}

it('AP6 AP24 a patch in columns does what its operations do, or nothing', () => {
  const outcomes = { applied: 0, refused: 0 }
  fc.assert(
    fc.property(patches, creations, fc.boolean(), (sets, creation, isFirst) => {
      const { replicas, ids } = setUp()
      const [one, other] = replicas
      if (one === undefined || other === undefined) throw new Error('nobody came')
      const idAt = (place: number): number => [...ids.slice(1), ...newIds, 4_000][place] ?? ids[0] ?? 0
      const runs = sets.map(
        ([places, columns]): ToldRun => ({
          kind: 'sets',
          classNumber: racers,
          ids: places.map(idAt),
          columns,
        }),
      )
      if (creation !== null) {
        const { columns, parent, classNumber } = creation
        const made: ToldRun = {
          kind: 'creates',
          classNumber,
          ids: newIds,
          parents: [1, parent],
          orders: [90, 91],
          names: ['new', 'newer'],
          columns: classNumber === racers ? columns : [],
          attributes: null,
          tags: null,
        }
        runs.splice(isFirst ? 0 : runs.length, 0, made)
      }
      const before = replicaView(one)
      const { snapshot } = one
      try {
        applyRuns(one, { ...at, runs })
      } catch (error) {
        expect(error).toBeInstanceOf(DataModelError)
        expect(replicaView(one)).toEqual(before)
        expect(one.snapshot).toBe(snapshot)
        outcomes.refused += 1
        return
      }
      applyPatch(other, { ...at, operations: expandRuns(runs) })
      expect(ours(one)).toEqual(ours(other))
      outcomes.applied += 1
    }),
    { numRuns: 300 },
  )
  expect(Math.min(outcomes.applied, outcomes.refused)).toBeGreaterThan(20)
})
