import { Buffer } from 'node:buffer'
import { addPlayer, Folder, type Operation, view } from '@banyan/datamodel'
import { encodePatches, encodeSegment, encodeSnapshotPart, encodeWelcome } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createGarden, garden, Plant } from '../../fixtures/garden-game.ts'
import type { Trace, TraceEntry } from '../trace/trace.ts'
import { secretTold } from './told.ts'

/** Ana is welcomed; what she is told then is up to the test. */
function createStage() {
  const { game } = createGarden()
  const [ana, bo] = ['ana', 'bo'].map((name) => addPlayer(game, { userId: name, name }))
  if (ana === undefined || bo === undefined) throw new Error('both are there')
  const workspace = game.getService('Workspace')
  const coin = new Folder({ name: 'Coin', parent: workspace, visibleTo: bo })
  const fern = new Plant({ name: 'Fern', parent: workspace })
  game.commit({ tick: 1 })
  const first = game.snapshot
  const plantNumber = garden.classNumberOf(Plant.schema) ?? 0
  const numberOf = (name: string): number => Plant.schema.propertyByName.get(name)?.index ?? -1
  const encode = (operations: readonly Operation[]) => encodeSegment(garden, operations, () => plantNumber)
  const welcome = encodeWelcome(
    {
      status: 'new',
      epoch: 'e',
      token: 't',
      playerId: ana.id,
      callSeq: 0,
      seq: first.seq,
      tickHz: 20,
      timeMs: 0,
      eventSeq: 1,
    },
    [],
  )
  const snapshot = encodeSnapshotPart([encode(view(first, ana.id))], { seq: first.seq, tick: 1, timeMs: 0 })
  const entryOf = (frame: Uint8Array): TraceEntry => ({
    kind: 'frame',
    timeMs: 0,
    sentMs: 0,
    line: 1,
    player: 'ana',
    direction: 'down',
    fate: 'arrived',
    frame: Buffer.from(frame).toString('base64'),
  })
  /** What is wrong when Ana gets these operations in the patch that follows. */
  function tell(...operations: readonly Operation[]): string | null {
    fern.leaves += 1
    game.commit({ tick: 2 })
    const { seq } = game.snapshot
    const told = encodePatches([{ seq: seq - 1, tick: 1, timeMs: 0, segments: [] }])
    const patch = encodePatches([{ seq, tick: 2, timeMs: 0, segments: [encode(operations)] }])
    const trace = { entries: [snapshot, welcome, told, patch].map(entryOf) } as unknown as Trace
    const snapshotAt = (at: number) => (at === seq ? game.snapshot : at === seq - 1 ? before : first)
    const secret = secretTold(trace, { definition: garden, snapshotAt, isEnrolled: () => false })
    before = game.snapshot
    return secret
  }
  let before = first
  const set = (name: string, value: unknown): Operation => ({
    kind: 'set',
    id: fern.id,
    properties: [[numberOf(name), value]],
  })
  return { ana, bo, coin, fern, numberOf, set, tell }
}

test('TA16 what a player sees may be told, and its end', () => {
  const { bo, fern, set, tell } = createStage()
  expect(tell(set('leaves', 1), { kind: 'rename', id: fern.id, name: 'Oak' })).toBeNull()
  fern.visibleTo = bo
  expect(tell({ kind: 'remove', id: fern.id })).toBeNull()
  expect(tell({ kind: 'remove', id: fern.id })).toMatch(/remove of \d+, which lies in what only others see/)
})

test('TA16 an id that a player does not see is found, in a reference too', () => {
  const { ana, coin, set, tell } = createStage()
  expect(tell({ kind: 'rename', id: coin.id, name: 'X' })).toBe(
    `"ana" was told of what they may not see: the rename of ${coin.id}, which lies in what only others see, "Coin", at patch 3`,
  )
  expect(tell({ kind: 'remove', id: coin.id })).toContain(`remove of ${coin.id}`)
  expect(tell({ kind: 'remove', id: 4_000 })).toContain('which lies in no tree')
  expect(tell(set('host', ana.id))).toBeNull()
  expect(tell(set('host', coin.id))).toContain('with its host')
})

test('TA16 an owner’s and the server’s values are found, whichever way they are told', () => {
  const { ana, fern, numberOf, set, tell } = createStage()
  const written: Operation = {
    kind: 'edit',
    id: fern.id,
    property: numberOf('diary'),
    edits: [{ op: 'set', path: ['days'], value: [1] }],
  }
  expect(tell(set('seeds', 3))).toContain('with its seeds')
  expect(tell(written)).toContain('in its diary')
  // The end of what was somebody's tells nothing of it.
  expect(tell(set('seeds', 0))).toBeNull()
  fern.owner = ana
  expect(tell(set('seeds', 3), written)).toBeNull()
})
