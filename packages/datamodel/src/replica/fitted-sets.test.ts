import { describe, expect, it } from 'vitest'
import { createTestPlace, definition, indexOf, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { DataModel } from '../tree/data-model.ts'
import { expandRuns, type ToldColumn, type ToldRun } from '../tree/told-run.ts'
import { applyPatch, applyRuns } from './apply-patch.ts'
import { replicaView } from './replica-view.ts'

const at = { seq: 99, tick: 1, timeMs: 0 }
const racers = definition.classNumberOf(Racer.schema) ?? 0
const folders = definition.classNumberOf(Folder.schema) ?? 0

function setUp() {
  const place = createTestPlace()
  const replicas = ['Ana', 'Bo'].map((name) => place.join(name).replica.game)
  const box = new Folder({ name: 'box', parent: place.workspace })
  const [one, other] = [1, 2].map(
    (lap) => new Racer({ name: `racer ${lap}`, parent: box, lap, progress: 0.5 }),
  )
  place.commit()
  const [replica, second] = replicas
  if (!(replica && second && one && other)) throw new Error('nobody came')
  return { replica, second, box: box.id, one: one.id, other: other.id }
}

const racersOf = (game: DataModel) => replicaView(game).filter(({ classNumber }) => classNumber === racers)
const racerOf = (game: DataModel, id: number): Racer | null => {
  const found = game.getInstanceById(id)
  return found?.isA(Racer) === true ? found : null
}

const values = (name: string, ...of: readonly unknown[]): ToldColumn => ({
  kind: 'values',
  index: indexOf(name),
  values: of,
})
const steps = (name: string, ...parts: readonly (readonly (number | undefined)[])[]): ToldColumn => ({
  kind: 'steps',
  index: indexOf(name),
  parts,
})
const sets = (ids: readonly number[], ...columns: readonly ToldColumn[]): ToldRun => ({
  kind: 'sets',
  classNumber: racers,
  ids,
  columns,
})

const made = (parent: number): ToldRun => ({
  kind: 'creates',
  classNumber: racers,
  ids: [900],
  parents: [parent],
  orders: [90],
  names: ['new'],
  columns: [values('lap', 3)],
  attributes: null,
  tags: null,
})

describe('a patch in columns', () => {
  it('AP24 writes what its operations would, with gaps, steps and references', () => {
    const { replica, second, one, other } = setUp()
    const runs = [
      sets([one, other], values('lap', 7, undefined), values('rival', null, one), steps('progress', [3, 1])),
      sets([other], steps('progress', [undefined])),
    ]
    applyRuns(replica, { ...at, runs })
    applyPatch(second, { ...at, operations: expandRuns(runs) })
    expect(racersOf(replica)).toEqual(racersOf(second))
    const [first, last] = [one, other].map((id) => racerOf(replica, id))
    expect([first?.lap, first?.progress]).toEqual([7, 1.25])
    expect([last?.lap, last?.progress, last?.rival]).toEqual([2, 0.75, first])
  })

  it.each(['values', 'steps'] as const)(
    'AP7 AP8 AP13 AP24 tells listeners and observers, and ends overlays, by %s',
    (kind) => {
      const { replica, one, other } = setUp()
      const [first, last] = [one, other].map((id) => racerOf(replica, id))
      const heard: unknown[] = []
      first?.changed.connect((name) => heard.push(name, first.progress))
      last?.observe(() => heard.push(last.record?.properties.progress))
      const told = kind === 'values' ? values('progress', 1.5, 0.75) : steps('progress', [4, 1])
      applyRuns(replica, { ...at, runs: [sets([one, other], told)] })
      replica.drain()
      expect(heard).toEqual([0.75, 'progress', 1.5])
      if (last) last.progress = 100
      replica.settle()
      heard.length = 0
      const again = kind === 'values' ? values('progress', 1.5, 1) : steps('progress', [0, 1])
      applyRuns(replica, { ...at, runs: [sets([one, other], again)] })
      replica.drain()
      expect([heard, last?.progress]).toEqual([[1], 1])
    },
  )

  it('AP21 AP24 keeps the record where it told what was there', () => {
    const { replica, one } = setUp()
    const record = racerOf(replica, one)?.record
    applyRuns(replica, { ...at, runs: [sets([one], values('lap', 1), steps('progress', [0]))] })
    expect(racerOf(replica, one)?.record).toBe(record)
  })

  it('AP24 refers to what the same patch makes', () => {
    const { replica, box, one } = setUp()
    applyRuns(replica, { ...at, runs: [sets([one], values('rival', 900)), made(box)] })
    expect(racerOf(replica, one)?.rival?.name).toBe('new')
  })

  it('AP19 AP24 writes to what the same patch makes', () => {
    const { replica, box } = setUp()
    applyRuns(replica, { ...at, runs: [sets([900], values('progress', 0.75)), made(box)] })
    const racer = racerOf(replica, 900)
    expect([racer?.lap, racer?.progress]).toEqual([3, 0.75])
  })

  it('AP6 AP24 refuses what tells of an instance that the same patch makes as of another class', () => {
    const { replica, box, one } = setUp()
    const before = replicaView(replica)
    const runs = [sets([one, 900], values('lap', 5, 6)), { ...made(box), classNumber: folders, columns: [] }]
    expect(() => applyRuns(replica, { ...at, runs })).toThrow(expect.objectContaining({ code: 'notFound' }))
    expect(replicaView(replica)).toEqual(before)
  })

  it.each<[string, (ids: { one: number; box: number }) => ToldRun]>([
    ['an unknown instance', ({ one }) => sets([one, 4_000], values('lap', 5, 5))],
    ['an instance of another class', ({ one, box }) => sets([one, box], values('lap', 5, 5))],
    [
      'another class number',
      ({ one }) => ({ ...sets([one], values('lap', 5)), classNumber: folders }) as ToldRun,
    ],
    ['an unknown class', ({ one }) => ({ ...sets([one]), classNumber: 4_000 }) as ToldRun],
    ['an unknown property', ({ one }) => sets([one], { kind: 'values', index: 99, values: [5] })],
    ['a property that does not replicate', ({ one }) => sets([one], values('plan', 'x'))],
    ['steps of a property without a precision', ({ one }) => sets([one], steps('lap', [1]))],
    ['too many steps', ({ one }) => sets([one], steps('progress', [1], [1]))],
  ])('AP6 AP24 of %s throws, and changes nothing of what fits beside it', (_, run) => {
    const { replica, one, other, box } = setUp()
    const before = replicaView(replica)
    const { snapshot } = replica
    const runs = [sets([other], values('lap', 9)), run({ one, box })]
    expect(() => applyRuns(replica, { ...at, runs })).toThrow(expect.objectContaining({ code: 'notFound' }))
    const operations = [
      { kind: 'remove', id: 4_000 },
      { kind: 'rename', id: 4_000, name: '' },
    ] as const
    expect(() =>
      applyRuns(replica, {
        ...at,
        runs: [sets([other], values('lap', 9)), { kind: 'operations', operations }],
      }),
    ).toThrow()
    expect(replicaView(replica)).toEqual(before)
    expect(replica.snapshot).toBe(snapshot)
  })
})
