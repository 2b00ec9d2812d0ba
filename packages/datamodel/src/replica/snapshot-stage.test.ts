import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, definition, Racer } from '../../fixtures/place.ts'
import { Folder, Part } from '../classes/world.ts'
import { nodeOf } from '../instance/node.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'
import { runsOf } from '../tree/told-run.ts'
import { treeOf } from '../tree/tree.ts'
import { view } from '../tree/view.ts'
import { applySnapshot, showSnapshot } from './apply-snapshot.ts'
import { replicaView } from './replica-view.ts'
import { createSnapshotStage, Stage } from './snapshot-stage.ts'

function setUp() {
  const place = createTestPlace()
  const { workspace, game } = place
  const box = new Folder({ name: 'box', parent: workspace })
  const first = new Racer({ name: 'first', parent: box })
  const second = new Racer({ name: 'second', parent: box, rival: first })
  first.rival = second
  first.setAttribute('speed', 5)
  first.addTag('fast')
  new Part({ name: 'wheel', parent: second })
  place.commit()
  return { ...place, creates: view(game.snapshot, null), box, first, second }
}

const at = (tree: 'same' | 'other' = 'same') => ({ seq: 9, tick: 9, timeMs: 9, tree })

describe('a snapshot in parts', () => {
  it('AP20 shows the same, however it is cut and whatever the order, as one step', () => {
    const { creates } = setUp()
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...creates], { minLength: creates.length }),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        (shuffled, isShuffled, size) => {
          const order = isShuffled ? shuffled : creates
          const { game } = createTree('client')
          const seen: unknown[] = []
          game.observeStructure(() => seen.push(game.getDescendants().length))
          const before = game.snapshot
          const stage = createSnapshotStage(game)
          for (let start = 0; start < order.length; start += size)
            stage.add(runsOf(order.slice(start, start + size)))
          expect([game.snapshot === before, seen]).toEqual([true, []])
          showSnapshot(stage, at())
          expect(replicaView(game)).toEqual(creates)
          expect(seen).toEqual([game.getDescendants().length])
        },
      ),
    )
  })

  it.each(['new', 'there already'])(
    'AP6 AP24 refuses what tells of an instance that is %s as of another class',
    (kind) => {
      const { creates, first } = setUp()
      const { game } = createTree('client')
      if (kind === 'there already') applySnapshot(game, { ...at(), operations: creates })
      const before = replicaView(game)
      const stage = createSnapshotStage(game)
      const classNumber = definition.classNumberOf(Part.schema) ?? 0
      stage.add([...runsOf(creates), { kind: 'sets', classNumber, ids: [first.id], columns: [] }])
      expect(() => showSnapshot(stage, at())).toThrow(expect.objectContaining({ code: 'notFound' }))
      expect(replicaView(game)).toEqual(before)
    },
  )

  it('AP20 makes what is new as its part arrives, in whatever order the part tells of it', () => {
    const { creates } = setUp()
    const { game } = createTree('client')
    const services = game.getDescendants().length + 1
    const stage = new Stage(treeOf(game))
    stage.add(runsOf(creates.toReversed()))
    expect([stage.made.length, stage.rest.length]).toEqual([4, creates.length - 4])
    expect(stage.rest.length).toBeLessThanOrEqual(services)
    showSnapshot(stage, at())
    expect(replicaView(game)).toEqual(creates)
  })

  it('AP20 tells who listens of each arrival once, in the next drain', () => {
    const { creates } = setUp()
    const { game, workspace } = createTree('client')
    const heard: string[] = []
    workspace.childAdded.connect(({ name }) => heard.push(`child ${name}`))
    game.descendantAdded.connect(({ name }) => heard.push(name))
    const stage = createSnapshotStage(game)
    stage.add(runsOf(creates))
    game.drain()
    expect(heard).toEqual([])
    showSnapshot(stage, at())
    game.drain()
    expect(heard).toEqual(['child box', 'box', 'first', 'second', 'wheel'])
  })

  it('AP20 adds to what a client made there, and to what it kept', () => {
    const { creates, game: server, box } = setUp()
    const { game, workspace } = createTree('client')
    const own = new Folder({ name: 'own', parent: workspace })
    applySnapshot(game, { ...at(), operations: creates })
    const record = game.getInstanceById(box.id)?.record
    new Folder({ name: 'late', parent: server.getService('Workspace') })
    server.commit({ tick: 2 })
    applySnapshot(game, { ...at(), operations: view(server.snapshot, null) })
    expect(workspace.getChildren().map(({ name }) => name)).toEqual(['box', 'late', 'own'])
    expect([own.parent, game.getInstanceById(box.id)?.record]).toEqual([workspace, record])
  })

  it('AP20 leaves nothing of a stage that is dropped, or that does not fit', () => {
    const { creates, box } = setUp()
    const { game } = createTree('client')
    createSnapshotStage(game).add(runsOf(creates))
    const stage = createSnapshotStage(game)
    const some = creates.find(({ id }) => id === box.id) ?? raise()
    stage.add(runsOf([...creates, { ...some, id: 5_000, parent: 6_000 }]))
    const before = game.snapshot
    expect(() => showSnapshot(stage, at())).toThrow(expect.objectContaining({ code: 'notFound' }))
    expect([game.getInstanceById(box.id), game.snapshot === before]).toEqual([null, true])
    applySnapshot(game, { ...at(), operations: creates })
    expect(replicaView(game)).toEqual(creates)
  })

  it('AP20 refuses to show what came by another way meanwhile', () => {
    const { creates } = setUp()
    const { game } = createTree('client')
    const stage = createSnapshotStage(game)
    stage.add(runsOf(creates))
    applySnapshot(game, { ...at(), operations: creates })
    expect(() => showSnapshot(stage, at())).toThrow(expect.objectContaining({ code: 'notFound' }))
    expect(replicaView(game)).toEqual(creates)
  })

  it('AP20 runs each constructor once, and one that listens hears of its properties', () => {
    const heard: string[] = []
    let made = 0
    class Loud extends defineClass('Loud', { extends: Racer }) {
      constructor(options?: object) {
        super(options)
        made += 1
        this.lap = 99
        this.changed.connect((property) => heard.push(property))
      }
    }
    class Quiet extends defineClass('Quiet', { extends: Racer }) {
      constructor(options?: object) {
        super(options)
        this.lap = 99
        new Folder({ parent: this })
      }
    }
    const definition = defineTree({ classes: [Racer, Loud, Quiet] })
    const server = createTree('server', { definition })
    const loud = new Loud({ name: 'loud', parent: server.workspace })
    const quiet = new Quiet({ name: 'quiet', parent: server.workspace })
    loud.lap = 3
    quiet.lap = 0
    server.game.commit({ tick: 1 })
    server.game.drain()
    heard.length = 0
    made = 0
    const { game } = createTree('client', { definition })
    const creates = view(server.game.snapshot, null)
    applySnapshot(game, { ...at(), operations: creates })
    game.drain()
    expect(replicaView(game)).toEqual(creates)
    expect(made).toBe(1)
    expect(heard.toSorted()).toEqual(['lap', 'name', 'parent'])
  })

  it('AP20 makes records whose nodes carry nothing that few nodes have', () => {
    const { creates, first } = setUp()
    const { game } = createTree('client')
    applySnapshot(game, { ...at(), operations: creates })
    const copy = game.getInstanceById(first.id)
    expect(copy === null ? null : nodeOf(copy).signals).toBeNull()
    expect([copy?.record?.tags, copy?.record?.attributes]).toEqual([['fast'], { speed: 5 }])
    expect(Object.isFrozen(copy?.record) && Object.isFrozen(copy?.record?.properties)).toBe(true)
  })
})

function raise(): never {
  throw new Error('there is none')
}
