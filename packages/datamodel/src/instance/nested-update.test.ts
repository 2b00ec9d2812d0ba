import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, indexOf, operationsFor, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import { nested } from '../properties/nested.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'

const bag = indexOf('bag')

function setUp() {
  const place = createTestPlace()
  const racer = new Racer({
    name: 'Ana',
    parent: place.workspace,
    bag: { items: ['rope', 'map'], coins: { gold: 1, silver: 2 } },
  })
  place.join('Ana')
  return { ...place, place, racer, commit: () => operationsFor(place.commit(), null) }
}

describe('update', () => {
  it('DM35 edits nested values, of which only the touched paths replicate', () => {
    const { racer, commit } = setUp()
    racer.update((draft) => {
      draft.bag.coins.gold += 1
      draft.bag.items.unshift('lamp')
    })
    expect(racer.bag).toEqual({ items: ['lamp', 'rope', 'map'], coins: { gold: 2, silver: 2 } })
    const operations = commit()
    expect(operations).toMatchObject([{ kind: 'edit', id: racer.id, property: bag }])
    expect(JSON.stringify(operations)).not.toContain('silver')
  })

  it('DM35 tells the edits of several updates in one operation, in order', () => {
    const { racer, commit } = setUp()
    racer.update((draft) => {
      draft.bag.coins.gold = 5
    })
    racer.update((draft) => {
      draft.bag.items.pop()
    })
    racer.update((draft) => {
      draft.bag.coins.gold = 6
    })
    expect(commit()).toEqual([
      {
        kind: 'edit',
        id: racer.id,
        property: bag,
        edits: [
          { op: 'set', path: ['coins', 'gold'], value: 5 },
          { op: 'delete', path: ['items', 1] },
          { op: 'set', path: ['coins', 'gold'], value: 6 },
        ],
      },
    ])
  })

  it('DM35 is told like a write', () => {
    const { game, racer } = setUp()
    game.drain()
    const heard: string[] = []
    racer.changed.connect((property) => heard.push(property))
    racer.update((draft) => {
      draft.bag.coins.gold = 5
    })
    racer.update(() => {})
    game.drain()
    expect(heard).toEqual(['bag'])
  })

  it('DM35 leaves the record before as it was, and shares what it did not touch', () => {
    const { place, racer } = setUp()
    const before = racer.record?.properties.bag
    racer.update((draft) => {
      draft.bag.coins.gold = 5
    })
    place.commit()
    expect(before?.coins.gold).toBe(1)
    expect(racer.record?.properties.bag.items).toBe(before?.items)
    expect(Object.isFrozen(racer.bag.coins)).toBe(true)
  })

  it('DM36 is superseded by a whole write in the same commit, before or after it', () => {
    const { racer, commit } = setUp()
    racer.update((draft) => {
      draft.bag.coins.gold = 5
    })
    const whole = { items: [], coins: { gold: 0, silver: 0 } }
    racer.bag = whole
    expect(commit()).toEqual([{ kind: 'set', id: racer.id, properties: [[bag, whole]] }])
    racer.bag = { ...whole, items: ['rope'] }
    racer.update((draft) => {
      draft.bag.items.push('map')
    })
    expect(commit()).toEqual([
      { kind: 'set', id: racer.id, properties: [[bag, { ...whole, items: ['rope', 'map'] }]] },
    ])
  })

  it('DM36 that replaces the whole value is one', () => {
    const { racer, commit } = setUp()
    racer.update((draft) => {
      draft.bag.coins.gold = 7
      draft.bag = { items: ['gem'], coins: { gold: 7, silver: 0 } }
    })
    expect(commit()).toEqual([
      {
        kind: 'set',
        id: racer.id,
        properties: [[bag, { items: ['gem'], coins: { gold: 7, silver: 0 } }]],
      },
    ])
  })

  it('DM35 of a new instance is part of what is created', () => {
    const { workspace, commit } = setUp()
    const racer = new Racer({ parent: workspace })
    racer.update((draft) => {
      draft.bag.coins.gold = 7
    })
    expect(commit()).toMatchObject([
      { kind: 'create', properties: [[bag, { items: [], coins: { gold: 7, silver: 0 } }]] },
    ])
  })

  it.each<[string, (draft: Record<string, unknown>) => void]>([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['leaves a function', (draft) => Object.assign(draft, { bag: { items: () => {} } })],
    [
      'leaves a number that is not finite',
      (draft) => Object.assign(draft['bag'] as object, { gold: Number.NaN }),
    ],
    ['leaves a prototype key', (draft) => Object.assign(draft['bag'] as object, { constructor: 1 })],
    ['deletes the property', (draft) => Reflect.deleteProperty(draft, 'bag')],
    ['writes a property that is not nested', (draft) => Object.assign(draft, { lap: 5 })],
  ])('DM37 changes nothing when the recipe %s', (_, spoil) => {
    const { game, racer, commit } = setUp()
    game.drain()
    const before = racer.bag
    const heard: string[] = []
    racer.changed.connect((property) => heard.push(property))
    expect(() =>
      racer.update((draft) => {
        draft.bag.coins.gold = 99
        spoil(draft as unknown as Record<string, unknown>)
      }),
    ).toThrow(/broken|cannot update Racer\.\w+ of "Ana": /)
    game.drain()
    expect(racer.bag).toBe(before)
    expect(heard).toEqual([])
    expect(commit()).toEqual([])
  })

  it('DM37 changes no property when one of two is bad', () => {
    const Chest = defineClass('Chest', {
      properties: { left: nested<number[]>([]), right: nested<number[]>([]) },
    })
    const { game } = createTree('server', { definition: defineTree({ classes: [Chest] }) })
    const chest = new Chest({ parent: game.getService('Workspace') })
    expect(() =>
      chest.update((draft) => {
        draft.left.push(1)
        draft.right.push(Number.NaN)
      }),
    ).toThrow(expect.objectContaining({ code: 'invalidValue' }))
    expect([chest.left, chest.right]).toEqual([[], []])
  })

  it('DM38 needs a DataModel with an editor: the server has one', () => {
    const { place } = setUp()
    const wrongSide = expect.objectContaining({ code: 'wrongSide' })
    expect(() => new Racer({ name: 'Bo' }).update(() => {})).toThrow(
      'cannot update "Bo" by a recipe: it is not in a DataModel yet. Parent it first, or assign whole values.',
    )
    for (const { workspace } of place.replicas.values()) {
      const racer = workspace.findFirstChild('Ana', Racer)
      expect(racer?.bag.items).toEqual(['rope', 'map'])
      expect(() => racer?.update(() => {})).toThrow(wrongSide)
      const own = new Folder({ parent: workspace })
      expect(() => own.update(() => {})).toThrow(wrongSide)
    }
  })
})
