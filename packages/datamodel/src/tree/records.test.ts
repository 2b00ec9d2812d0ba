import { describe, expect, it } from 'vitest'
import { createTree, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { InstanceRecord } from '../instance/record.ts'
import type { TreeSnapshot } from './tree-snapshot.ts'

/** How many records of a snapshot are not in another. */
function countNew(now: TreeSnapshot, before: TreeSnapshot): number {
  let count = 0
  now.records.forEach((record, id) => {
    if (before.records.get(id) !== record) count += 1
  })
  return count
}

describe('records', () => {
  it('CM9 are frozen, and hold what the instance was at the commit', () => {
    const { game, workspace } = createTree()
    const racer = new Racer({ name: 'Ana', parent: workspace, lap: 2 })
    racer.setAttribute('speed', 5)
    racer.addTag('fast')
    expect(racer.record).toBeNull()
    game.commit({ tick: 1 })
    const { record } = racer
    expect(record).toMatchObject({
      id: racer.id,
      className: 'Racer',
      name: 'Ana',
      parent: workspace,
      order: 0,
    })
    expect(record).toMatchObject({ attributes: { speed: 5 }, tags: ['fast'], children: [] })
    expect(record?.properties).toMatchObject({ lap: 2, progress: 0, phase: 'lobby' })
    for (const part of [record, record?.properties, record?.attributes, record?.tags, record?.children]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
    expect(game.snapshot.records.get(racer.id)).toBe(record)
    expect(Object.isFrozen(game.snapshot)).toBe(true)
  })

  it('CM9 do not see later writes', () => {
    const { game, workspace } = createTree()
    const racer = new Racer({ name: 'Ana', parent: workspace, lap: 2 })
    game.commit({ tick: 1 })
    const { record } = racer
    racer.lap = 3
    racer.name = 'Bo'
    racer.setAttribute('speed', 1)
    racer.addTag('fast')
    new Folder({ parent: racer })
    racer.parent = null
    expect(racer.record).toBe(record)
    expect(record).toMatchObject({ name: 'Ana', parent: workspace, attributes: {}, tags: [], children: [] })
    expect(record?.properties.lap).toBe(2)
  })

  it('CM10 of what was not touched stay the same objects', () => {
    const { game, workspace } = createTree()
    const [a, b] = [new Racer({ parent: workspace }), new Racer({ parent: workspace })]
    game.commit({ tick: 1 })
    const before = [a.record, b.record, workspace.record]
    a.lap = 1
    game.commit({ tick: 2 })
    expect(a.record).not.toBe(before[0])
    expect([b.record, workspace.record]).toEqual(before.slice(1))
    expect(b.record).toBe(before[1])
    expect(workspace.record).toBe(before[2])
  })

  it('CM10 of a parent are new when its children are others, or in another order, and only then', () => {
    const { game, workspace } = createTree()
    const [a, b] = [
      new Folder({ name: 'a', parent: workspace }),
      new Folder({ name: 'b', parent: workspace }),
    ]
    game.commit({ tick: 1 })
    const first = workspace.record
    a.name = 'renamed'
    new Folder({ parent: a })
    game.commit({ tick: 2 })
    expect(workspace.record).toBe(first)
    expect(first?.children).toBe(first?.children)
    a.parent = b
    a.parent = workspace
    game.commit({ tick: 3 })
    expect(workspace.record).not.toBe(first)
    expect([first?.children, workspace.record?.children]).toEqual([
      [a, b],
      [b, a],
    ])
  })

  it('CM11 a kept snapshot stays as it was, whatever comes', () => {
    const { game, workspace } = createTree()
    const racers = Array.from(
      { length: 100 },
      (_, lap) => new Racer({ name: `r${lap}`, parent: workspace, lap }),
    )
    game.commit({ tick: 1 })
    const kept = game.snapshot
    const describe = ({ name, children, properties }: InstanceRecord) => [
      name,
      children.length,
      { ...properties },
    ]
    const before = [...kept.records.values()].map(describe)
    for (const [index, racer] of racers.entries()) {
      racer.lap += 1
      racer.name = 'x'
      if (index % 3 === 0) racer.destroy()
      else if (index % 3 === 1) racer.parent = racers[index + 1] ?? null
      game.commit({ tick: 2 })
    }
    expect([...kept.records.values()].map(describe)).toEqual(before)
    expect(kept.records.get(workspace.id)?.children).toEqual(racers)
  })

  it.each([10, 1_000])('CM12 a commit makes as many as were touched, in a tree of %i too', (size) => {
    const { game, workspace } = createTree()
    const racers = Array.from({ length: size }, () => new Racer({ parent: workspace }))
    game.commit({ tick: 1 })
    const before = game.snapshot
    for (const racer of racers.slice(0, 5)) racer.lap += 1
    game.commit({ tick: 2 })
    expect(countNew(game.snapshot, before)).toBe(5)
    const then = game.snapshot
    racers[0]?.destroy()
    new Racer({ parent: workspace })
    game.commit({ tick: 3 })
    expect(countNew(game.snapshot, then)).toBe(2)
  })

  it('CM12 a commit of nothing makes none', () => {
    const { game } = createTree()
    const before = game.snapshot.records
    game.commit({ tick: 1 })
    expect(game.snapshot.records).toBe(before)
  })
})
