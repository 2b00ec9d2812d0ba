import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { Operation } from '../tree/operation.ts'
import { applyPatch } from './apply-patch.ts'

const lap = Racer.schema.propertyByName.get('lap')?.index ?? 0

function setUp() {
  const place = createTestPlace()
  const { replica } = place.join('Ana')
  const box = new Folder({ name: 'box', parent: place.workspace })
  const racer = new Racer({ name: 'racer', parent: box, lap: 1 })
  place.commit()
  const copy = replica.workspace.findFirstDescendant('racer', Racer)
  if (copy === null) throw new Error('the racer did not come')
  let { seq } = replica.game.stamp
  function patch(...operations: readonly Operation[]): void {
    seq += 1
    applyPatch(replica.game, { seq, tick: seq, timeMs: 0, operations })
  }
  const set = (value: number): Operation => ({ kind: 'set', id: racer.id, properties: [[lap, value]] })
  return { replica: replica.game, copy, patch, set, id: racer.id }
}

describe('records of a replica', () => {
  it('AP23 show the last patch, whenever they are asked for, and stay as they are', () => {
    const { copy, patch, set } = setUp()
    const first = copy.record
    patch(set(2))
    patch(set(3))
    const third = copy.record
    patch(set(4))
    expect([first?.properties.lap, third?.properties.lap, copy.record?.properties.lap]).toEqual([1, 3, 4])
    expect(copy.record).toBe(copy.record)
  })

  it('AP23 stay when patches led back to them', () => {
    const { copy, patch, set } = setUp()
    const first = copy.record
    patch(set(2))
    patch(set(1))
    expect(copy.record).toBe(first)
  })

  it('AP23 lie in snapshots, of which a kept one stays as it was', () => {
    const { replica, copy, patch, set, id } = setUp()
    patch(set(2))
    const second = replica.snapshot
    patch(set(3))
    patch({ kind: 'remove', id })
    const last = replica.snapshot
    expect(second.records.get(id)?.properties['lap']).toBe(2)
    expect([last.records.has(id), copy.record, last.seq, replica.snapshot === last]).toEqual([
      false,
      null,
      second.seq + 2,
      true,
    ])
    expect(last.records.get(1)).toBe(second.records.get(1))
  })

  it('AP23 do not show local writes before they are committed', () => {
    const { replica, copy, patch, set } = setUp()
    patch(set(2))
    copy.progress = 0.5
    expect([copy.record?.properties.lap, copy.record?.properties.progress]).toEqual([2, 0])
    replica.settle()
    expect([copy.record?.properties.lap, copy.record?.properties.progress]).toEqual([2, 0.5])
    patch(set(3))
    expect([copy.record?.properties.lap, copy.record?.properties.progress]).toEqual([3, 0.5])
  })

  it('AP23 tell observers that came after a patch of the next one', () => {
    const { copy, patch, set } = setUp()
    patch(set(2))
    const seen: unknown[] = []
    copy.observe(() => seen.push(copy.record?.properties.lap))
    patch(set(3))
    patch(set(3))
    patch(set(4))
    expect(seen).toEqual([3, 4])
  })

  it('AP23 what a client made has them too', () => {
    const { game, workspace } = createTree('client')
    const mine = new Racer({ parent: workspace, lap: 1 })
    expect(mine.record).toBeNull()
    game.settle()
    mine.lap = 2
    expect(mine.record?.properties.lap).toBe(1)
    game.settle()
    expect(mine.record?.properties.lap).toBe(2)
    mine.destroy()
    game.settle()
    expect(mine.record).toBeNull()
  })
})
