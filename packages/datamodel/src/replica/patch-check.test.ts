import { describe, expect, it } from 'vitest'
import { createTestPlace, definition, indexOf, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { Operation } from '../tree/operation.ts'
import { view } from '../tree/view.ts'
import { applyPatch } from './apply-patch.ts'
import { replicaView } from './replica-view.ts'

function setUp() {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana')
  const box = new Folder({ name: 'box', parent: place.workspace })
  const racer = new Racer({ name: 'racer', parent: box, lap: 1 })
  place.commit()
  replica.game.drain()
  return { ...place, place, player, replica, box, racer }
}

const at = { seq: 99, tick: 1, timeMs: 0 }

describe('a patch that does not fit', () => {
  const create = (values: Partial<Extract<Operation, { kind: 'create' }>>): Operation => ({
    kind: 'create',
    id: 500,
    classNumber: definition.classNumberOf(Folder.schema) ?? 0,
    parent: 2,
    order: 50,
    name: 'new',
    properties: [],
    attributes: {},
    tags: [],
    ...values,
  })
  const numberOf = (name: string): number =>
    definition.classes.findIndex(({ schema }) => schema.name === name)
  const cases: [string, string, (ids: { box: number; racer: number }) => readonly Operation[]][] = [
    ['an unknown class', 'unknownClass', () => [create({ classNumber: 4_000 })]],
    ['no class', 'unknownClass', () => [create({ classNumber: -1 })]],
    ['half a class number', 'unknownClass', () => [create({ classNumber: 20.5 })]],
    ['a service', 'unknownClass', () => [create({ classNumber: numberOf('Workspace') })]],
    ['another DataModel', 'unknownClass', () => [create({ classNumber: 0 })]],
    ['another class than before', 'unknownClass', ({ racer }) => [create({ id: racer })]],
    ['an unknown parent', 'notFound', () => [create({ parent: 4_000 })]],
    ['no parent', 'notFound', () => [create({ parent: 0 })]],
    ['a move to nowhere', 'notFound', ({ racer }) => [{ kind: 'move', id: racer, parent: 4_000, order: 1 }]],
    ['a move of nothing', 'notFound', () => [{ kind: 'move', id: 4_000, parent: 2, order: 1 }]],
    ['a move into itself', 'cycle', ({ box }) => [{ kind: 'move', id: box, parent: box, order: 1 }]],
    ['a circle', 'cycle', ({ box, racer }) => [{ kind: 'move', id: box, parent: racer, order: 1 }]],
    ['a circle of new ones', 'cycle', () => [create({ parent: 501 }), create({ id: 501, parent: 500 })]],
    ['a rename of nothing', 'notFound', () => [{ kind: 'rename', id: 4_000, name: 'x' }]],
    ['tags of nothing', 'notFound', () => [{ kind: 'tags', id: 4_000, tags: [] }]],
    ['an attribute of nothing', 'notFound', () => [{ kind: 'attribute', id: 4_000, name: 'x', value: 1 }]],
    ['an unknown property', 'notFound', ({ racer }) => [{ kind: 'set', id: racer, properties: [[99, 1]] }]],
    ['an unknown property of a new one', 'notFound', () => [create({ properties: [[0, 1]] })]],
    [
      'a property that does not replicate',
      'notFound',
      ({ racer }) => [{ kind: 'set', id: racer, properties: [[indexOf('plan'), 'x']] }],
    ],
    [
      'an edit of what is not nested',
      'notFound',
      ({ racer }) => [{ kind: 'edit', id: racer, property: indexOf('lap'), edits: [] }],
    ],
    [
      'an edit that does not fit the value',
      'invalidValue',
      ({ racer }) => [
        {
          kind: 'edit',
          id: racer,
          property: indexOf('bag'),
          edits: [{ op: 'set', path: ['coins', 'copper', 'x'], value: 1 }],
        },
      ],
    ],
  ]

  it.each(cases)('AP6 throws and changes nothing: %s', (_, code, operations) => {
    const { game, player, box, racer, replica } = setUp()
    const { snapshot, structureVersion } = replica.game
    const heard: string[] = []
    replica.workspace.descendantAdded.connect(({ name }) => heard.push(name))
    const fine: readonly Operation[] = [
      create({ id: 600, name: 'fine' }),
      { kind: 'rename', id: box.id, name: 'renamed' },
    ]
    expect(() =>
      applyPatch(replica.game, {
        ...at,
        operations: [
          ...fine,
          ...operations({ box: box.id, racer: racer.id }),
          { kind: 'remove', id: box.id },
        ],
      }),
    ).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(/^cannot .+: .+\. (Ask|Reload|Both)/) }),
    )
    replica.game.settle()
    expect(heard).toEqual([])
    expect(replica.game.snapshot).toBe(snapshot)
    expect(replica.game.structureVersion).toBe(structureVersion)
    expect(replicaView(replica.game)).toEqual(view(game.snapshot, player.id))
  })
})
