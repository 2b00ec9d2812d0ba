import {
  addPlayer,
  createAudiences,
  DataModel,
  defineClass,
  Folder,
  int,
  serverAuthority,
} from '@banyan/datamodel'
import { createManualClock, decodeDown, defineGame, type Patches } from '@banyan/protocol'
import { describe, expect, it } from 'vitest'
import { createPatchLog, patchBound } from './patch-log.ts'

const Thing = defineClass('Thing', { properties: { count: int(0), hand: int(0, { visibleTo: 'owner' }) } })
const definition = defineGame({ classes: [Thing] })

function setUp() {
  const report = (error: unknown): never => {
    throw error
  }
  const game = new DataModel({ definition, authority: serverAuthority, clock: createManualClock(), report })
  const commits: number[] = []
  const log = createPatchLog({ game, bound: patchBound, committed: ({ seq }) => commits.push(seq) })
  const [ana, bo, cy] = ['Ana', 'Bo', 'Cy'].map((name) => addPlayer(game, { userId: name, name }))
  if (ana === undefined || bo === undefined || cy === undefined) throw new Error('all three are in')
  const north = createAudiences(game).create('north')
  const box = new Folder({ name: 'box', parent: game.getService('Workspace') })
  const things = Array.from({ length: 10 }, () => new Thing({ parent: box, visibleTo: north }))
  const commit = () => log.commit({ tick: 1, hasReaders: true })
  commit()
  const frames = (seq: number) => [ana, bo, cy].map(({ id }) => log.frameAfter(seq, id))
  const operationsIn = (frame: Uint8Array | null | undefined) => {
    if (frame === null || frame === undefined) return []
    const decoded = decodeDown(definition, frame)
    if (!decoded.ok) throw new Error(decoded.problem)
    return (decoded.value as Patches).patches.flatMap(({ operations }) => operations)
  }
  return { game, commits, commit, frames, operationsIn, ana, bo, cy, north, box, things }
}

describe('the frames of a patch log', () => {
  it('VS7 PL2 gives one frame to all who get the same of the same patches, and none to who gets nothing', () => {
    const { game, commit, frames, operationsIn, ana, bo, north, things } = setUp()
    const { seq } = game.snapshot
    north.add(ana)
    north.add(bo)
    commit()
    const [anas, bos, cys] = frames(seq)
    expect(anas).toBe(bos)
    expect(cys).toBeNull()
    expect(operationsIn(anas)).toHaveLength(10)
    for (const thing of things) thing.count += 1
    commit()
    // Who is behind by two patches gets both, who is behind by one gets the last.
    expect(frames(seq)[0]).toBe(frames(seq)[1])
    expect(operationsIn(frames(seq)[0])).toHaveLength(20)
    expect(operationsIn(frames(seq + 1)[1])).toHaveLength(10)
    expect(frames(seq + 1)[2]).toBeNull()
  })

  it('VS7 goes by what each saw at each of the patches, not by what they see at the last', () => {
    const { game, commit, frames, operationsIn, ana, bo, north, box, things } = setUp()
    north.add(ana)
    commit()
    const { seq } = game.snapshot
    things[0]?.destroy()
    commit()
    north.remove(ana)
    north.add(bo)
    commit()
    box.name = 'chest'
    commit()
    const kinds = frames(seq).map((frame) => operationsIn(frame).map(({ kind }) => kind))
    expect(kinds[0]).toEqual([...Array(10).fill('remove'), 'rename'])
    expect(kinds[1]).toEqual([...Array(9).fill('create'), 'rename'])
    expect(kinds[2]).toEqual(['rename'])
  })

  it('VS7 gives an owner one part more', () => {
    const { game, commit, frames, operationsIn, ana, bo, north, things } = setUp()
    north.add(ana)
    north.add(bo)
    const [thing] = things
    if (thing === undefined) throw new Error('there are things')
    thing.owner = ana
    commit()
    const { seq } = game.snapshot
    thing.hand = 5
    thing.count = 5
    commit()
    const [anas, bos, cys] = frames(seq)
    expect([operationsIn(anas).length, operationsIn(bos).length, cys]).toEqual([2, 1, null])
  })

  it('CS9 tells of a commit that shows or hides without writing, and of none that does neither', () => {
    const { commits, commit, ana, north, game } = setUp()
    commits.length = 0
    north.add(ana)
    commit()
    expect(commits).toEqual([game.snapshot.seq])
    createAudiences(game).create('empty').add(ana)
    commit()
    expect(commits).toHaveLength(1)
  })
})
