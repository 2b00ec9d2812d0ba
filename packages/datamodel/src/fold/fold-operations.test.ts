import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createThingTree,
  type HistoryEntry,
  historySteps,
  inSteps,
  playHistory,
  thingDefinition,
} from '../../fixtures/patch-history.ts'
import { applyPatch } from '../replica/apply-patch.ts'
import { applySnapshot } from '../replica/apply-snapshot.ts'
import { replicaView } from '../replica/replica-view.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Create, Operation } from '../tree/operation.ts'
import { operationsFor } from '../tree/patch-shares.ts'
import { view } from '../tree/view.ts'
import { foldOperations } from './fold-operations.ts'

// Many runs: on a busy machine they take longer than a test is given.
const timeoutMs = 60_000

function replicaAt({ snapshot }: HistoryEntry, playerId: number | null): DataModel {
  const replica = createThingTree('client')
  applySnapshot(replica, { ...snapshot, operations: view(snapshot, playerId), tree: 'same' })
  return replica
}

test('FO1 FO2 a fold leaves a replica as all of its patches do, at every step of it, for every player', {
  timeout: timeoutMs,
}, () => {
  fc.assert(
    fc.property(historySteps, fc.nat(1000), (steps, from) => {
      const { history, playerIds } = playHistory(steps)
      const start = history[from % history.length]
      if (start === undefined) return
      const first = (from % history.length) + 1
      const later = history.slice(first).map((entry, at) => ({
        ...entry,
        patch: inSteps(entry.patch, (history[first + at - 1] ?? entry).snapshot),
      }))
      for (const playerId of [null, ...playerIds]) {
        const isThere = ({ snapshot }: HistoryEntry) => playerId === null || snapshot.audiences.has(playerId)
        if (!isThere(start)) continue
        // Who leaves is told nothing any more.
        const missed = later.filter(isThere)
        const replica = replicaAt(start, playerId)
        const folds = foldOperations(
          missed.map(({ patch }) => operationsFor(patch, playerId)),
          { definition: thingDefinition, freshAfter: start.newestId },
        )
        for (const { last, operations } of folds) {
          const entry = missed[last]
          if (entry === undefined) throw new Error(`a fold ends at patch ${last}, which there is not`)
          applyPatch(replica, { ...entry.snapshot, operations })
          expect(replicaView(replica)).toEqual(view(entry.snapshot, playerId))
        }
        expect(folds.at(-1)?.last ?? -1).toBe(missed.length - 1)
      }
    }),
    { numRuns: 400 },
  )
})

function expectIndex(name: string): number {
  const index = thingDefinition.classByName.get('Thing')?.schema.propertyByName.get(name)?.index
  if (index === undefined) throw new Error(`things have no ${name}`)
  return index
}

const fold = (...patches: Operation[][]) =>
  foldOperations(patches, { definition: thingDefinition, freshAfter: 100 }).map(
    ({ operations }) => operations,
  )
const thing = (id: number, more: Partial<Create> = {}): Create => ({
  kind: 'create',
  id,
  classNumber: thingDefinition.classes.findIndex(({ schema }) => schema.name === 'Thing'),
  parent: 2,
  order: 0,
  name: 'thing',
  properties: [],
  attributes: {},
  tags: [],
  ...more,
})

test('FO6 shifts come to one, and are in a value that was written or made in the fold', () => {
  const index = expectIndex('height')
  const { classNumber } = thing(5)
  const shift = (id: number, by: number): Operation => ({
    kind: 'shift',
    id,
    classNumber,
    properties: [[index, by]],
  })
  const set = (id: number, value: number): Operation => ({ kind: 'set', id, properties: [[index, value]] })
  expect(fold([shift(5, 2)], [shift(5, -5)])).toEqual([[shift(5, -3)]])
  expect(fold([shift(5, 2)], [set(5, 4)], [shift(5, 1)])).toEqual([[set(5, 4.5)]])
  expect(fold([set(5, 4)], [shift(5, 1)], [set(5, 9)])).toEqual([[set(5, 9)]])
  expect(fold([thing(105)], [shift(105, 4)])).toEqual([[thing(105, { properties: [[index, 3]] })]])
})

test('FO3 the last write of each thing wins, and is told once', () => {
  const set = (index: number, value: unknown): Operation => ({
    kind: 'set',
    id: 5,
    properties: [[index, value]],
  })
  expect(
    fold(
      [set(1, 1), { kind: 'rename', id: 5, name: 'a' }, { kind: 'attribute', id: 5, name: 'hp', value: 1 }],
      [set(0, 2), { kind: 'move', id: 5, parent: 3, order: 1 }, { kind: 'tags', id: 5, tags: ['x'] }],
      [
        set(1, 3),
        { kind: 'rename', id: 5, name: 'b' },
        { kind: 'attribute', id: 5, name: 'hp', value: null },
      ],
      [
        { kind: 'move', id: 5, parent: 4, order: 2 },
        { kind: 'tags', id: 5, tags: [] },
      ],
    ),
  ).toEqual([
    [
      { kind: 'attribute', id: 5, name: 'hp', value: null },
      { kind: 'move', id: 5, parent: 4, order: 2 },
      { kind: 'rename', id: 5, name: 'b' },
      {
        kind: 'set',
        id: 5,
        properties: [
          [0, 2],
          [1, 3],
        ],
      },
      { kind: 'tags', id: 5, tags: [] },
    ],
  ])
})

test('FO4 what was made tells its last state, and what came and went is not told of', () => {
  const edit: Operation = {
    kind: 'edit',
    id: 101,
    property: 3,
    edits: [{ op: 'set', path: ['k'], value: 1 }],
  }
  expect(
    fold(
      [thing(101), thing(102), thing(103, { parent: 102 })],
      [
        { kind: 'set', id: 101, properties: [[0, 9]] },
        edit,
        { kind: 'attribute', id: 101, name: 'hp', value: 3 },
        { kind: 'move', id: 101, parent: 3, order: 4 },
      ],
      [{ kind: 'remove', id: 102 }],
    ),
  ).toEqual([
    [
      thing(101, {
        parent: 3,
        order: 4,
        properties: [
          [0, 9],
          [3, { k: 1 }],
        ],
        attributes: { hp: 3 },
      }),
    ],
  ])
})

test('FO4 what moved into something that is gone is gone, and so is what lay in it', () => {
  const move = (id: number, parent: number): Operation => ({ kind: 'move', id, parent, order: 0 })
  expect(fold([thing(101), move(5, 101), move(6, 5)], [{ kind: 'remove', id: 101 }])).toEqual([
    [
      { kind: 'remove', id: 5 },
      { kind: 'remove', id: 6 },
    ],
  ])
})

test('FO5 edits of a value that was written are in the value; others stay edits, in their order', () => {
  const edit = (value: number): Operation => ({
    kind: 'edit',
    id: 5,
    property: 3,
    edits: [{ op: 'set', path: ['k'], value }],
  })
  const write: Operation = { kind: 'set', id: 5, properties: [[3, { j: 1 }]] }
  expect(fold([edit(1)], [edit(2)])).toEqual([
    [{ kind: 'edit', id: 5, property: 3, edits: [1, 2].map((value) => ({ op: 'set', path: ['k'], value })) }],
  ])
  expect(fold([edit(1)], [write])).toEqual([[write]])
  expect(fold([edit(1)], [write], [edit(2)])).toEqual([
    [{ kind: 'set', id: 5, properties: [[3, { j: 1, k: 2 }]] }],
  ])
})

test('FO2 what comes back after a removal begins another step; what is new does not', () => {
  const removal: Operation[] = [{ kind: 'remove', id: 5 }]
  expect(fold(removal, [thing(101)])).toHaveLength(1)
  expect(fold(removal, [thing(5)])).toEqual([removal, [thing(5)]])
  // It may have lain in what was removed.
  expect(fold(removal, [thing(6)])).toHaveLength(2)
  expect(fold([...removal, thing(6)])).toHaveLength(1)
})
