import { describe, expect, it } from 'vitest'
import { createChecksumWatch } from '../../fixtures/checksum-watch.ts'
import { createTestPlace, createTree, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import { nodeOf } from '../instance/node.ts'
import { applyBelow } from '../replica/apply-below.ts'
import { applyPatch } from '../replica/apply-patch.ts'
import { differencesBelow } from '../replica/differences.ts'
import type { DataModel } from '../tree/data-model.ts'
import { treeOf } from '../tree/tree.ts'
import { rootId } from '../tree/tree-snapshot.ts'
import { view, viewBelow } from '../tree/view.ts'
import { branchWidth, differingParts } from './branch.ts'
import type { Checksums } from './checksums.ts'
import { Hasher } from './hasher.ts'
import { createPlaceChecksums } from './place-checksums.ts'

function setUp() {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana')
  const box = new Folder({ name: 'box', parent: place.workspace })
  const racer = new Racer({ name: 'racer', parent: box, lap: 1 })
  racer.setAttribute('speed', 5)
  racer.addTag('fast')
  place.commit()
  const copy = replica.game.getInstanceById(racer.id) as Racer
  return { ...place, player, replica, box, racer, copy }
}

/** Other values than a replica holds, as a fault in replication would leave them. */
const faults = {
  name: { kind: 'rename', name: 'other' },
  property: { kind: 'set', properties: [[Racer.schema.propertyByName.get('lap')?.index ?? -1, 9]] },
  reference: { kind: 'set', properties: [[Racer.schema.propertyByName.get('rival')?.index ?? -1, 1]] },
  attribute: { kind: 'attribute', name: 'speed', value: 6 },
  tags: { kind: 'tags', tags: ['fast', 'red'] },
  order: { kind: 'move', order: 77 },
  gone: { kind: 'remove' },
} as const

/** Ends them, for a tree keeps one. */
function expectAsMadeAnew(game: DataModel, sums: Checksums): void {
  const found = sums.of(null)
  sums.close()
  expect(createPlaceChecksums(game).of(null)).toEqual(found)
}

describe('checksums', () => {
  it.each(Object.keys(faults) as (keyof typeof faults)[])(
    'HS1 HS7 a fault in %s is told apart, found and mended',
    (kind) => {
      const { game, player, replica, racer, box } = setUp()
      const watch = createChecksumWatch()
      watch.expectSame(game, replica.game, player.id)
      const fault = { id: racer.id, parent: box.id, ...faults[kind] }
      applyPatch(replica.game, { ...game.snapshot, operations: [fault as never] })
      expect(() => watch.expectSame(game, replica.game, player.id)).toThrow()
      const path: number[] = []
      for (let id = rootId; ; ) {
        const told = watch.of(game).branch({ id, level: 0, prefix: 0 }, { playerId: player.id, form: null })
        const held = watch
          .of(replica.game)
          .branch({ id, level: 0, prefix: 0 }, { playerId: null, form: told?.form ?? null })
        if (told === null || held === null) break
        const [next] = differingParts(told, held)
        if (next === undefined) break
        path.push(next)
        id = next
      }
      expect(path).toEqual([replica.workspace.id, box.id, racer.id])
      const creates = viewBelow(game.snapshot, racer, player.id) ?? []
      const differences = differencesBelow(replica.game, { id: racer.id, creates, limit: 9 })
      expect(differences).toMatchObject([{ id: racer.id }])
      const untouched = replica.game.getInstanceById(box.id)?.record
      applyBelow(replica.game, { id: racer.id, creates })
      watch.expectSame(game, replica.game, player.id)
      expect(differencesBelow(replica.game, { id: racer.id, creates, limit: 9 })).toEqual([])
      if (kind !== 'order' && kind !== 'gone')
        expect(replica.game.getInstanceById(box.id)?.record).toBe(untouched)
    },
  )

  it('HS3 what a client writes over changes nothing, also where the server then writes the same', () => {
    const { game, player, replica, racer, copy, commit } = setUp()
    const watch = createChecksumWatch()
    watch.expectSame(game, replica.game, player.id)
    copy.lap = 9
    new Folder({ name: 'own', parent: replica.workspace })
    replica.game.commit({ tick: 0 })
    watch.expectSame(game, replica.game, player.id)
    racer.lap = 9
    commit()
    watch.expectSame(game, replica.game, player.id)
  })

  it('HS4 equal values have equal hashes, however they were made', () => {
    const hashOf = (value: unknown): readonly number[] => {
      const hasher = new Hasher()
      hasher.start()
      hasher.value(value)
      hasher.finish()
      return [hasher.high, hasher.low]
    }
    expect(hashOf({ a: 1, b: [0.1, 'x'] })).toEqual(hashOf({ b: [0.1, 'x'], a: 1 }))
    expect(hashOf(-0)).toEqual(hashOf(0))
    const different = [
      null,
      false,
      true,
      0,
      1,
      -1,
      0.5,
      2 ** 40,
      '',
      'a',
      'b',
      'ab',
      'ba',
      [],
      [[]],
      {},
      { a: 1 },
    ]
    expect(new Set(different.map((value) => hashOf(value).join())).size).toBe(different.length)
    // Fixed for good: other languages are to find the same.
    expect(hashOf({ name: 'Größe', at: [1, 0.1, null, true] })).toEqual([347_210_455, 536_978_568])
  })

  it('HS5 costs what changed since the last look, and may be looked at in slices', () => {
    const { game, workspace } = createTree()
    for (let n = 0; n < 100; n += 1) new Folder({ name: `f${n}`, parent: workspace })
    game.commit({ tick: 1 })
    const sums = createPlaceChecksums(game)
    let slices = 1
    while (!sums.refresh(10)) slices += 1
    expect(slices).toBeGreaterThan(10)
    expect(sums.refresh(0)).toBe(true)
    workspace.name = 'world'
    game.commit({ tick: 2 })
    expect(sums.refresh(0)).toBe(false)
    expect(sums.refresh(1)).toBe(true)
  })

  it('HS6 nothing is kept before anybody asks, nor after the end', () => {
    const { game, racer } = setUp()
    expect(nodeOf(racer).sumSlot).toBe(-1)
    const sums = createPlaceChecksums(game)
    sums.of(null)
    sums.close()
    expect(treeOf(game).sums).toBeNull()
    racer.name = 'another'
    game.commit({ tick: 9 })
    const later = createPlaceChecksums(game)
    racer.name = 'again'
    game.commit({ tick: 10 })
    expect(later.refresh(1)).toBe(false)
    expectAsMadeAnew(game, later)
  })

  it('HS5 the first look goes on where it was, whatever comes, goes and changes meanwhile', () => {
    const { game, workspace } = createTree()
    const made = Array.from({ length: 300 }, (_, n) => new Folder({ name: `f${n}`, parent: workspace }))
    game.commit({ tick: 1 })
    const sums = createPlaceChecksums(game)
    for (let tick = 2; tick < 40; tick += 1) {
      expect(sums.refresh(5)).toBe(false)
      made[tick * 7]?.destroy()
      const changed = made[300 - tick]
      if (changed?.parent !== null && changed !== undefined) changed.name = `g${tick}`
      made.push(new Folder({ name: `n${tick}`, parent: workspace }))
      game.commit({ tick })
    }
    expectAsMadeAnew(game, sums)
  })

  it('HS8 many children are told in groups, which lead to each of them', () => {
    const { game, workspace } = createTree()
    const made = Array.from({ length: 5000 }, (_, n) => new Folder({ name: `f${n}`, parent: workspace }))
    game.commit({ tick: 1 })
    const sums = createPlaceChecksums(game)
    const how = { playerId: null, form: null }
    const { id = 0 } = made[1234] ?? {}
    let [level, prefix] = [0, 0]
    let branch = sums.branch({ id: workspace.id, level, prefix }, how)
    while (branch?.form === 'groups') {
      expect(branch.parts.size).toBeLessThanOrEqual(branchWidth)
      prefix += (Math.floor(id / branchWidth ** level) % branchWidth) * branchWidth ** level
      level += 1
      branch = sums.branch({ id: workspace.id, level, prefix }, how)
    }
    expect(level).toBe(2)
    expect(branch?.parts.has(id)).toBe(true)
  })

  it('HS9 a branch tells nothing of what a player does not see, as if it were not there', () => {
    const { game, player, racer, box, commit, replica } = setUp()
    const sums = createPlaceChecksums(game)
    const ask = { id: racer.id, level: 0, prefix: 0 }
    const other = { playerId: player.id, form: null }
    expect(sums.branch(ask, other)).not.toBeNull()
    racer.visibleTo = 'nobody'
    commit()
    expect(sums.branch(ask, other)).toBeNull()
    expect(sums.branch({ ...ask, id: 123_456 }, other)).toBeNull()
    expect(sums.branch({ ...ask, id: box.id }, other)?.parts.size).toBe(0)
    expect([
      viewBelow(game.snapshot, racer, player.id),
      viewBelow(game.snapshot, new Folder(), null),
    ]).toEqual([null, null])
    expect(viewBelow(game.snapshot, game, player.id)).toEqual(view(game.snapshot, player.id))
    expect(replica.game.getInstanceById(racer.id)).toBeNull()
  })
})
