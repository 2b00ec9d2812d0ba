import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  addPlayer,
  createAudiences,
  DataModel,
  type Player,
  StringValue,
  serverAuthority,
} from '@banyan/datamodel'
import { createManualClock, decodeDown, encodePatches } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { definition } from '../../fixtures/test-remotes.ts'
import { createPatchLog, type PatchBound } from './patch-log.ts'

function createLog(bound: Partial<PatchBound> = {}) {
  const game = new DataModel({
    definition,
    authority: serverAuthority,
    clock: createManualClock(),
    report: () => {},
  })
  const log = createPatchLog({ game, bound: { count: 4096, bytes: 1e6, ...bound }, committed: () => {} })
  const commit = (hasReaders = true): number => {
    log.commit({ tick: 0, hasReaders })
    return game.snapshot.seq
  }
  const write = (value: string, player?: Player): number => {
    new StringValue({ value, parent: player?.backpack ?? game.getService('Workspace') })
    return commit()
  }
  return { game, log, commit, write }
}

/** The numbers of the patches that a log has for a player, or a stranger. */
function seqsAfter({ log }: ReturnType<typeof createLog>, seq: number, playerId: number | null): number[] {
  return log.after(seq, playerId).map((patch) => patch.seq)
}

test('SE18 a log holds what came after a patch, as the player saw it who asks', () => {
  const made = createLog()
  const player = addPlayer(made.game, { userId: 'a', name: 'a' })
  const start = made.commit()
  const seqs = [made.write('one'), made.write('two', player), made.write('three')]
  expect(seqsAfter(made, start, player.id)).toEqual(seqs)
  expect(seqsAfter(made, start, null)).toEqual([seqs[0], seqs[2]])
  expect(seqsAfter(made, seqs[1] ?? 0, player.id)).toEqual([seqs[2]])
  expect(seqsAfter(made, seqs[2] ?? 0, null)).toEqual([])
})

test('SE18 it keeps so many patches and so many bytes, and tells how far it reaches', () => {
  for (const bound of [{ count: 3 }, { bytes: 3 * 10_700 + 500 }]) {
    const made = createLog(bound)
    const start = made.commit()
    const seqs = Array.from({ length: 40 }, (_, n) => made.write(`${n}`.padEnd(10_000, 'x')))
    expect(made.log.reaches(start, null)).toBe(false)
    expect(made.log.reaches(seqs[35] ?? 0, null)).toBe(false)
    expect(made.log.reaches(seqs[36] ?? 0, null)).toBe(true)
    expect(seqsAfter(made, seqs[36] ?? 0, null)).toEqual(seqs.slice(37))
  }
})

test('SE18 who was told nothing of what is forgotten has everything, however long ago', () => {
  const made = createLog({ count: 3 })
  const player = addPlayer(made.game, { userId: 'a', name: 'a' })
  const start = made.commit()
  for (let n = 0; n < 10; n += 1) made.write('x', player)
  expect(made.log.reaches(start, null)).toBe(true)
  expect(made.log.reaches(start, player.id)).toBe(false)
})

test('SE18 VS7 who meets other conditions since is complete as far back as that', () => {
  const made = createLog({ count: 3 })
  const [ana, ben] = ['a', 'b'].map((name) => addPlayer(made.game, { userId: name, name }))
  const north = createAudiences(made.game).create('north')
  if (ana === undefined || ben === undefined) throw new Error('both are in')
  const secret = new StringValue({ parent: made.game.getService('Workspace'), visibleTo: north })
  const start = made.commit()
  north.add(ana)
  const [shown, quiet] = [made.commit(), made.write('x', ben)]
  const told = (): boolean[] => [ana.id, ben.id].map((id) => made.log.reaches(start, id))
  made.write('x', ben)
  expect(told()).toEqual([true, true])
  secret.value = 'told to those of the north'
  const last = made.commit()
  // The commit that showed it to Ana is gone.
  expect(told()).toEqual([false, true])
  expect([made.log.reaches(shown, ana.id), made.log.reaches(shown, ben.id)]).toEqual([true, true])
  expect([seqsAfter(made, shown, ana.id), seqsAfter(made, quiet, ben.id)]).toEqual([[last], [last - 1]])
  north.remove(ana)
  for (let n = 0; n < 4; n += 1) {
    made.commit()
    made.write('x', ben)
  }
  expect(made.log.reaches(last, ana.id)).toBe(false)
  expect(made.log.reaches(last + 1, ana.id)).toBe(true)
})

test('SE18 nothing is kept while nobody is in the place', () => {
  const made = createLog()
  const start = made.write('one')
  new StringValue({ value: 'two', parent: made.game.getService('Workspace') })
  const end = made.commit(false)
  expect(made.log.reaches(start, null)).toBe(false)
  expect(made.log.reaches(end, null)).toBe(true)
  expect(made.log.after(end, null)).toEqual([])
})

test('PL2 a frame is made once for all who get the same, whatever else they see', () => {
  const made = createLog()
  const [ana, ben] = ['a', 'b'].map((name) => addPlayer(made.game, { userId: name, name }))
  const start = made.commit()
  made.write('for all')
  const frame = made.log.frameAfter(start, ana?.id ?? 0)
  expect(frame).not.toBeNull()
  expect(made.log.frameAfter(start, ben?.id ?? 0)).toBe(frame)
  made.write('for Ana', ana)
  const own = made.log.frameAfter(start, ana?.id ?? 0)
  const other = made.log.frameAfter(start, ben?.id ?? 0)
  expect(other).toEqual(frame)
  expect(own).toEqual(encodePatches(made.log.after(start, ana?.id ?? 0)))
  expect(decodeDown(definition, own ?? new Uint8Array())).toMatchObject({ ok: true })
  expect(made.log.frameAfter(made.game.snapshot.seq, ana?.id ?? 0)).toBeNull()
})

test('SE18 what it keeps of a patch holds on to no snapshot of the tree', async () => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  const made = createLog()
  made.write('one')
  const snapshot = new WeakRef(made.game.snapshot)
  made.write('two')
  // What a weak reference was made of is held until the turn ends.
  await new Promise((resolve) => setImmediate(resolve))
  if (typeof collect === 'function') collect()
  expect(snapshot.deref()).toBeUndefined()
  expect(made.log.after(0, null)).toHaveLength(2)
})
