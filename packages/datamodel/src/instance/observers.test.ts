import { describe, expect, it } from 'vitest'
import { createTree, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'

describe('observers', () => {
  it('DM28 are called once after a commit in which the record changed or went away, and not after they are stopped', () => {
    const { game, workspace } = createTree()
    const racer = new Racer({ parent: workspace })
    const other = new Racer({ parent: workspace })
    game.commit({ tick: 1 })
    const records: unknown[] = []
    const stop = racer.observe(() => records.push(racer.record))
    racer.lap = 1
    racer.lap = 2
    expect(records).toEqual([])
    game.commit({ tick: 2 })
    other.lap = 5
    game.commit({ tick: 3 })
    expect(records).toEqual([racer.record])
    racer.destroy()
    game.commit({ tick: 4 })
    expect(records).toHaveLength(2)
    expect(records[1]).toBeNull()
    stop()
    stop()
  })

  it('DM28 that an earlier one stops are not called any more, and failures are reported', () => {
    const { game, workspace, reports } = createTree()
    const heard: string[] = []
    workspace.observe(() => {
      heard.push('first')
      stopThird()
      throw new Error('broken')
    })
    workspace.observe(() => heard.push('second'))
    const stopThird = workspace.observe(() => heard.push('third'))
    workspace.name = 'World'
    game.commit({ tick: 1 })
    expect(heard).toEqual(['first', 'second'])
    expect(reports).toEqual([{ error: new Error('broken'), source: 'observer' }])
  })

  it('DM28 of the structure hear of births, removals, moves and renames, once per commit', () => {
    const { game, workspace } = createTree()
    let count = 0
    const stop = game.observeStructure(() => {
      count += 1
    })
    const commit = (): number => {
      const before = game.structureVersion
      game.commit({ tick: 1 })
      return game.structureVersion - before
    }
    const racer = new Racer({ parent: workspace })
    const box = new Folder({ parent: workspace })
    expect(commit()).toBe(1)
    racer.lap = 4
    racer.setAttribute('speed', 5)
    expect(commit()).toBe(0)
    racer.name = 'Ana'
    expect(commit()).toBe(1)
    racer.parent = box
    expect(commit()).toBe(1)
    box.destroy()
    expect(commit()).toBe(1)
    expect(commit()).toBe(0)
    expect(count).toBe(4)
    stop()
    workspace.name = 'World'
    commit()
    expect(count).toBe(4)
  })
})
