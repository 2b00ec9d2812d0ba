import { describe, expect, it } from 'vitest'
import { createTestPlace, indexOf, operationsFor, Racer } from '../../fixtures/place.ts'
import { Folder, Part } from '../classes/world.ts'
import { CFrame } from '../values/cframe.ts'
import { Vector3 } from '../values/vector3.ts'

const lap = indexOf('lap')
const progress = indexOf('progress')

function setUp() {
  const place = createTestPlace()
  place.join('Ana')
  const racer = new Racer({ name: 'Ana', parent: place.workspace, lap: 1 })
  place.commit()
  return { ...place, racer, commit: () => operationsFor(place.commit(), null) }
}

describe('a commit', () => {
  it('CM1 that finds no change has no operations and the same seq; else seq grows by one', () => {
    const { game, racer } = setUp()
    const { seq } = game.snapshot
    expect(game.commit({ tick: 7 })).toMatchObject({ seq, tick: 7, segments: new Map() })
    racer.lap = 2
    racer.name = 'Bo'
    expect(game.commit({ tick: 8 })).toMatchObject({ seq: seq + 1, tick: 8 })
    expect(game.snapshot).toMatchObject({ seq: seq + 1, tick: 8 })
    expect(game.commit({ tick: 9 }).seq).toBe(seq + 1)
  })

  it('CM20 has a number of its own where that is asked for', () => {
    const { game } = setUp()
    const { seq } = game.commit({ tick: 1 })
    const patch = game.commit({ tick: 2, isNumbered: true })
    expect([patch.seq, patch.segments.size, game.snapshot.seq]).toEqual([seq + 1, 0, seq + 1])
    expect(game.commit({ tick: 3 }).seq).toBe(seq + 1)
  })

  it('CM1 carries the time of the clock', () => {
    const { server, game } = setUp()
    server.clock.advance(1_234)
    expect(game.commit({ tick: 9 }).timeMs).toBe(1_234)
    expect(game.snapshot.timeMs).toBe(1_234)
  })

  it('CM2 creates: class number, place, and the properties that differ from their defaults', () => {
    const { workspace, game, commit } = setUp()
    const made = new Racer({ name: 'Bo', parent: workspace, lap: 2, phase: 'lobby', plan: 'hidden' })
    made.setAttribute('speed', 5)
    made.addTag('fast')
    expect(commit()).toEqual([
      {
        kind: 'create',
        id: made.id,
        classNumber: game.definition.classNumberOf(Racer.schema),
        parent: workspace.id,
        order: 1,
        name: 'Bo',
        properties: [[lap, 2]],
        attributes: { speed: 5 },
        tags: ['fast'],
      },
    ])
  })

  it('CM18 tells changes by growing id, then what is new', () => {
    const { workspace, racer, commit } = setUp()
    const other = new Racer({ parent: workspace })
    commit()
    const made = new Racer({ parent: workspace })
    other.lap = 1
    racer.lap = 2
    expect(commit().map(({ kind, id }) => [kind, id])).toEqual([
      ['set', racer.id],
      ['set', other.id],
      ['create', made.id],
    ])
  })

  it('CM2 creates parents before their children', () => {
    const { workspace, commit } = setUp()
    const outer = new Folder({ name: 'outer' })
    new Folder({ name: 'inner', parent: outer })
    outer.parent = workspace
    expect(commit()).toMatchObject([{ name: 'outer' }, { name: 'inner', parent: outer.id }])
  })

  it('CM3 has one operation for each kind of change of an instance', () => {
    const { workspace, racer, commit } = setUp()
    const { id } = racer
    const box = new Folder({ parent: workspace })
    commit()
    racer.lap = 5
    racer.lap = 6
    racer.phase = 'over'
    expect(commit()).toEqual([
      {
        kind: 'set',
        id,
        properties: [
          [lap, 6],
          [indexOf('phase'), 'over'],
        ],
      },
    ])
    racer.name = 'Bo'
    expect(commit()).toEqual([{ kind: 'rename', id, name: 'Bo' }])
    racer.parent = box
    expect(commit()).toEqual([{ kind: 'move', id, parent: box.id, order: 0 }])
    racer.setAttribute('speed', 5)
    racer.setAttribute('at', new Vector3(1, 2, 3))
    racer.setAttribute('constructor', true)
    expect(commit()).toEqual([
      { kind: 'attribute', id, name: 'speed', value: 5 },
      { kind: 'attribute', id, name: 'at', value: new Vector3(1, 2, 3) },
      { kind: 'attribute', id, name: 'constructor', value: true },
    ])
    racer.setAttribute('speed', null)
    racer.setAttribute('at', new Vector3(1, 2, 3))
    expect(commit()).toEqual([{ kind: 'attribute', id, name: 'speed', value: null }])
    racer.addTag('fast')
    racer.addTag('red')
    expect(commit()).toEqual([{ kind: 'tags', id, tags: ['fast', 'red'] }])
    racer.destroy()
    expect(commit()).toEqual([{ kind: 'remove', id }])
  })

  it('CM4 that finds everything written back makes no operation and keeps the record', () => {
    const { game, racer, commit } = setUp()
    racer.setAttribute('speed', 5)
    racer.addTag('fast')
    commit()
    const { record } = racer
    const { seq } = game.snapshot
    racer.lap = 9
    racer.lap = 1
    racer.name = 'Bo'
    racer.name = 'Ana'
    racer.rival = racer
    racer.rival = null
    racer.setAttribute('speed', 6)
    racer.setAttribute('speed', 5)
    racer.setAttribute('x', 1)
    racer.setAttribute('x', null)
    racer.addTag('slow')
    racer.removeTag('slow')
    const { bag } = racer
    racer.bag = { items: [], coins: { gold: 9, silver: 9 } }
    racer.bag = bag
    expect(commit()).toEqual([])
    expect(racer.record).toBe(record)
    expect(game.snapshot.seq).toBe(seq)
  })

  it('CM4 compares values, not objects', () => {
    const { workspace, commit } = setUp()
    const part = new Part({ parent: workspace, size: new Vector3(1, 2, 3) })
    commit()
    part.size = new Vector3(1, 2, 3)
    part.cframe = CFrame.fromPosition(Vector3.zero)
    expect(commit()).toEqual([])
  })

  it('CM5 tells nothing of what entered and left again', () => {
    const { workspace, commit } = setUp()
    const brief = new Racer({ parent: workspace })
    brief.lap = 4
    brief.destroy()
    const twice = new Folder({ parent: workspace })
    twice.parent = null
    expect(commit()).toEqual([])
    expect(twice.record).toBeNull()
  })

  it('CM5 tells a move of what left and came back, with all it holds', () => {
    const { workspace, racer, commit } = setUp()
    const part = new Part({ name: 'wheel', parent: racer })
    commit()
    const { record } = part
    racer.parent = null
    racer.lap = 3
    racer.parent = workspace
    expect(commit()).toEqual([
      { kind: 'set', id: racer.id, properties: [[lap, 3]] },
      { kind: 'move', id: racer.id, parent: workspace.id, order: 1 },
    ])
    expect(part.record).toBe(record)
  })

  it('CM5 creates anew, under the same id, what comes back later', () => {
    const { workspace, racer, commit } = setUp()
    racer.parent = null
    expect(commit()).toEqual([{ kind: 'remove', id: racer.id }])
    racer.lap = 8
    expect(commit()).toEqual([])
    racer.parent = workspace
    expect(commit()).toMatchObject([{ kind: 'create', id: racer.id, properties: [[lap, 8]] }])
  })

  it('CM6 removes a subtree by its root alone', () => {
    const { racer, commit } = setUp()
    const wheel = new Part({ parent: racer })
    new Part({ parent: wheel })
    commit()
    racer.destroy()
    expect(commit()).toEqual([{ kind: 'remove', id: racer.id }])
  })

  it('CM6 removes apart what had left the subtree before', () => {
    const { racer, workspace, commit } = setUp()
    const wheel = new Part({ parent: racer })
    const spare = new Part({ parent: racer })
    commit()
    wheel.parent = workspace
    spare.parent = null
    racer.destroy()
    expect(commit()).toEqual([
      { kind: 'remove', id: racer.id },
      { kind: 'move', id: wheel.id, parent: workspace.id, order: 1 },
    ])
  })

  it('CM7 rounds declared precisions; until then the handle keeps what was written', () => {
    const { racer, commit } = setUp()
    racer.progress = 0.6
    expect(racer.progress).toBe(0.6)
    expect(commit()).toEqual([{ kind: 'set', id: racer.id, properties: [[progress, 0.5]] }])
    expect([racer.progress, racer.record?.properties.progress]).toEqual([0.5, 0.5])
  })

  it('CM7 makes no operation for what rounds to the same', () => {
    const { racer, commit } = setUp()
    racer.progress = 0.5
    commit()
    const { record } = racer
    racer.progress = 0.55
    expect(commit()).toEqual([])
    expect(racer.record).toBe(record)
    expect(racer.progress).toBe(0.5)
  })

  it('CM7 rounds what is created, also what was detached when it was written', () => {
    const { workspace, commit } = setUp()
    const made = new Racer({ progress: 0.3 })
    made.parent = workspace
    expect(commit()).toMatchObject([{ properties: [[progress, 0.25]] }])
    made.parent = null
    commit()
    made.progress = 0.8
    made.parent = workspace
    expect(commit()).toMatchObject([{ properties: [[progress, 0.75]] }])
  })

  it('CM8 keeps to itself what does not replicate, though records have it', () => {
    const { game, racer, commit } = setUp()
    const { record } = racer
    const { seq } = game.snapshot
    racer.plan = 'attack'
    expect(commit()).toEqual([])
    expect(racer.record).not.toBe(record)
    expect(racer.record?.properties.plan).toBe('attack')
    expect(game.snapshot.seq).toBe(seq + 1)
  })
})
