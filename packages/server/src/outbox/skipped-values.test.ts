import {
  addPlayer,
  createAudiences,
  DataModel,
  defineClass,
  int,
  type Operation,
  serverAuthority,
} from '@banyan/datamodel'
import { createManualClock, decodeDown, defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createPatchLog, patchBound } from './patch-log.ts'

const Thing = defineClass('Thing', { properties: { x: int(0, { maySkip: true }), lap: int(0) } })
const definition = defineGame({ classes: [Thing] })

function setUp() {
  const report = (error: unknown): never => {
    throw error
  }
  const clock = createManualClock()
  const game = new DataModel({ definition, authority: serverAuthority, clock, report })
  const log = createPatchLog({ game, bound: patchBound, committed: () => {} })
  const [ana, bo] = ['Ana', 'Bo'].map((name) => addPlayer(game, { userId: name, name }).id)
  if (ana === undefined || bo === undefined) throw new Error('both are in')
  const north = createAudiences(game).create('north')
  const workspace = game.getService('Workspace')
  const things = Array.from({ length: 3 }, () => new Thing({ parent: workspace }))
  const commit = (isNumbered = false): number => {
    log.commit({ tick: 0, hasReaders: true, isNumbered })
    return game.snapshot.seq
  }
  const write = (x: number): number => {
    for (const thing of things) thing.x = x
    return commit()
  }
  commit()
  log.skipped.forget(null)
  return { game, log, ana, bo, north, workspace, things, commit, write }
}

function operationsIn(frame: Uint8Array | null | undefined): readonly (readonly Operation[])[] {
  const decoded = frame ? decodeDown(definition, frame) : null
  if (decoded?.ok !== true || decoded.value.kind !== 'patches') throw new Error('there is a frame of patches')
  return decoded.value.patches.map(({ operations }) => operations)
}

test('SK4 who lacks the same gets the same frame, and who lacks none is not told twice', () => {
  const { log, ana, bo, things, write } = setUp()
  const since = write(1)
  const at = write(2)
  write(3)
  const frame = log.frameOwed(at, ana, since)
  expect(frame?.isWhole).toBe(true)
  expect(log.frameOwed(at, bo, since)?.frame).toBe(frame?.frame)
  expect(operationsIn(frame?.frame)).toEqual([
    things.map(({ id }) => ({ kind: 'set', id, properties: [[0, 3]] })),
  ])
  expect(log.frameAfter(at, ana)).not.toBeNull()
  expect(log.frameWithout(at, ana)).toEqual({ frame: null, isWhole: false })
})

test('SK3 they come with the last patch, or under a number of their own', () => {
  const { game, log, ana, things, write, commit } = setUp()
  const since = write(1)
  const at = write(2)
  expect(log.frameOwed(at, ana, since)).toBeNull()
  expect(commit(true)).toBe(at + 1)
  expect(operationsIn(log.frameOwed(at, ana, since)?.frame)).toHaveLength(1)
  for (const thing of things) thing.lap = 1
  commit()
  const [operations, ...others] = operationsIn(log.frameOwed(at, ana, since)?.frame)
  expect([operations?.length, others]).toEqual([6, []])
  expect(game.snapshot.seq).toBe(at + 2)
})

test('SK3 each sees their own, and what went is told to nobody', () => {
  const { log, ana, bo, north, things, write, commit } = setUp()
  const [hidden, gone, stays] = things
  if (hidden === undefined || gone === undefined || stays === undefined) throw new Error('there are three')
  const since = write(1)
  hidden.visibleTo = north
  commit()
  hidden.x = 5
  gone.x = 5
  stays.x = 5
  const at = commit()
  gone.destroy()
  commit()
  const idsFor = (playerId: number) =>
    operationsIn(log.frameOwed(at, playerId, since)?.frame).flatMap((operations) =>
      operations.filter(({ kind }) => kind === 'set').map(({ id }) => id),
    )
  expect([idsFor(ana), idsFor(bo)]).toEqual([[stays.id], [stays.id]])
})

test('SK7 what is remembered is asked of the values that there are, and forgotten with the last who lacks some', () => {
  const { game, log, ana, things, write } = setUp()
  const since = write(0)
  for (let x = 1; x < 300; x += 1) {
    write(x)
    log.skipped.forget(since)
  }
  expect(log.skipped.owed(since, ana)?.[0]?.bytes.length).toBeLessThan(things.length * 4 + 5)
  expect(log.skipped.reaches(since)).toBe(true)
  log.skipped.forget(since + 200)
  expect([log.skipped.reaches(since + 199), log.skipped.reaches(since + 200)]).toEqual([false, true])
  log.skipped.forget(null)
  expect(log.skipped.reaches(game.snapshot.seq - 1)).toBe(false)
  expect(log.skipped.owed(game.snapshot.seq, ana)).toEqual([])
})

test('SK7 thousands that came and went meanwhile leave nothing', () => {
  const { log, ana, workspace, write, commit } = setUp()
  const since = write(0)
  for (let round = 0; round < 12; round += 1) {
    const shots = Array.from({ length: 1000 }, () => new Thing({ parent: workspace }))
    commit()
    for (const shot of shots) shot.x = 1
    commit()
    for (const shot of shots) shot.destroy()
    commit()
    log.skipped.forget(since)
  }
  expect(log.skipped.count).toBeLessThan(6000)
  expect(log.skipped.owed(since, ana)).toEqual([])
})
