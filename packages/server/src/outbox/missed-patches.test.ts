import { addPlayer, DataModel, NumberValue, StringValue, serverAuthority } from '@banyan/datamodel'
import { createManualClock } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { definition } from '../../fixtures/test-remotes.ts'
import { createMissedPatches } from './missed-patches.ts'
import { createPatchLog } from './patch-log.ts'

function createScene(foldBytes = 0) {
  const game = new DataModel({
    definition,
    authority: serverAuthority,
    clock: createManualClock(),
    report: () => {},
  })
  const log = createPatchLog({ game, bound: { count: 4096, bytes: 1e6 }, committed: () => {} })
  const [ana, ben, cem] = ['ana', 'ben', 'cem'].map((name) => addPlayer(game, { userId: name, name }))
  if (ana === undefined || ben === undefined || cem === undefined) throw new Error('all are in')
  const score = new NumberValue({ parent: game.getService('Workspace') })
  const commit = (): number => {
    log.commit({ tick: 0, hasReaders: true })
    return game.snapshot.seq
  }
  const seq = commit()
  const write = (from: number): void => {
    for (let n = from; n < from + 10; n += 1) {
      score.value = n
      commit()
    }
  }
  write(1)
  const missedPatches = createMissedPatches({ log, game, limits: { foldBytes } })
  /** Piece by piece: what is one object was encoded once. */
  const lackOf = (player: { readonly id: number }) =>
    missedPatches({ seq, playerId: player.id })?.flatMap(({ segments }) => segments) ?? []
  return { game, ana, ben, cem, commit, lackOf, missedPatches, seq, write }
}

test('SE27 what is little is told patch by patch, but as one over a slow line', () => {
  const { ana, game, lackOf, missedPatches, seq } = createScene(1000)
  const playerId = ana.id
  expect(lackOf(ana)).toHaveLength(10)
  expect(missedPatches({ seq, playerId, line: 'slow' })).toHaveLength(1)
  const last = missedPatches({ seq, playerId })?.at(-1)
  expect(last?.seq).toBe(game.snapshot.seq)
})

test('SE27 who was just shown a snapshot is told patch by patch', () => {
  const { ana, lackOf, missedPatches, seq } = createScene()
  expect(lackOf(ana)).toHaveLength(1)
  expect(missedPatches({ seq, playerId: ana.id, line: 'joining' })).toHaveLength(10)
})

test('SE28 what many lack alike is folded once, whatever little came after it', () => {
  const { ana, ben, cem, commit, lackOf } = createScene()
  const [fold, ...none] = lackOf(ana)
  expect(none).toEqual([])
  expect(lackOf(ben)[0]).toBe(fold)
  // As who comes back changes something for those who come next.
  ana.connected = false
  commit()
  const [first, rest, ...more] = lackOf(cem)
  expect([first === fold, rest === undefined, more]).toEqual([true, false, []])
})

test('SE28 who saw something else gets a fold of their own, and so do all when much was written since', () => {
  const { game, ana, ben, cem, commit, lackOf, write } = createScene()
  new StringValue({ name: 'secret', parent: ben.backpack })
  write(20)
  const [fold] = lackOf(ana)
  const bens = lackOf(ben)
  expect(bens[0]).not.toBe(fold)
  expect(bens.map((bytes) => Buffer.from(bytes).includes('secret'))).toContain(true)
  expect(lackOf(cem)[0]).toBe(fold)
  game.getService('Workspace').setAttribute('text', 'x'.repeat(5000))
  commit()
  expect(lackOf(cem)).toHaveLength(1)
  expect(lackOf(cem)[0]).not.toBe(fold)
})
