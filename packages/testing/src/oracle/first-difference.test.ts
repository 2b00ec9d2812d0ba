import { type Create, defineClass, float, Model, string, view } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { createPlace } from '@banyan/server'
import { describe, expect, test } from 'vitest'
import { absent, firstDifference } from './first-difference.ts'
import { viewText } from './view-text.ts'

const Car = defineClass('Car', {
  extends: Model,
  properties: { speed: float(0, { maySkip: true }), paint: string('red') },
})
const definition = defineGame({ classes: [Car] })

function createCreates() {
  const place = createPlace({ definition, log: { info() {}, warn() {}, error() {} } })
  const workspace = place.game.getService('Workspace')
  const first = new Car({ name: 'first', parent: workspace })
  const second = new Car({ name: 'second', parent: workspace, speed: 3 })
  second.setAttribute('gear', 2)
  second.addTag('fast')
  place.step()
  return { place, first, second, creates: view(place.game.snapshot, null) }
}

describe('the first difference of two views', () => {
  const { creates, second, first } = createCreates()
  const changed = (id: number, change: Partial<Create>) =>
    creates.map((create) => (create.id === id ? { ...create, ...change } : create))
  const speed = Car.schema.propertyByName.get('speed')?.index ?? -1

  test('OR5 values that may skip may lag where that is said, and no others', () => {
    const paint = Car.schema.propertyByName.get('paint')?.index ?? -1
    const later = changed(second.id, { properties: [[speed, 4]] })
    expect(firstDifference(definition, creates, later, { mayLag: true })).toBeNull()
    expect(firstDifference(definition, creates, later)?.path).toBe('Workspace.second.speed')
    const other = changed(second.id, {
      properties: [
        [speed, 4],
        [paint, 'blue'],
      ],
    })
    expect(firstDifference(definition, creates, other, { mayLag: true })?.path).toBe('Workspace.second.paint')
  })

  test('OR1 is null for equal views, by value', () => {
    expect(firstDifference(definition, creates, structuredClone(creates))).toBeNull()
  })

  test.each([
    ['a property', changed(second.id, { properties: [[speed, 4]] }), 'Workspace.second.speed', 3, 4],
    ['a default that is missing', changed(second.id, { properties: [] }), 'Workspace.second.speed', 3, 0],
    ['a name', changed(second.id, { name: 'other' }), 'Workspace.second.name', 'second', 'other'],
    ['an attribute', changed(second.id, { attributes: {} }), 'Workspace.second @gear', 2, absent],
    ['tags', changed(second.id, { tags: [] }), 'Workspace.second #tags', ['fast'], []],
    [
      'a place in the tree',
      changed(second.id, { parent: first.id }),
      'Workspace.second (parent’s id)',
      second.parent?.id,
      first.id,
    ],
    [
      'a missing instance',
      creates.filter(({ id }) => id !== second.id),
      'Workspace.second',
      'Car "second"',
      absent,
    ],
    [
      'an order',
      creates.toSpliced(-2, 2, ...creates.slice(-2).reverse()),
      expect.stringContaining('order'),
      expect.anything(),
      expect.anything(),
    ],
  ])('OR1 names %s by its path and both values', (_what, actual, path, expected, has) => {
    expect(firstDifference(definition, creates, actual)).toEqual({ path, expected, actual: has })
  })

  test('OR1 names an instance that should not be there', () => {
    const lacking = creates.filter(({ id }) => id !== second.id)
    expect(firstDifference(definition, lacking, creates)).toEqual({
      path: 'Workspace.second',
      expected: absent,
      actual: 'Car "second"',
    })
  })
})

test('OR3 a view is text without what differs from run to run', () => {
  const { place } = createCreates()
  const lines = viewText(place.game.snapshot, null).split('\n')
  expect(lines.filter((line) => line.includes('Car'))).toEqual([
    '    first (Car) primaryPart=null speed=0 paint="red"',
    '    second (Car) primaryPart=null speed=3 paint="red" @gear=2 #fast',
  ])
  expect(viewText(place.game.snapshot, null, { namesOnly: true })).toContain(
    '    second (Car) primaryPart speed paint @gear #fast\n',
  )
})
