import { describe, expect, it } from 'vitest'
import { createTestPlace, namesOf, Racer } from '../../fixtures/place.ts'
import { Folder, Part } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { applyPatch } from './apply-patch.ts'

function setUp() {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana')
  const box = new Folder({ name: 'box', parent: place.workspace })
  const racer = new Racer({ name: 'racer', parent: box, lap: 1 })
  place.commit()
  replica.game.drain()
  return { ...place, place, player, replica, box, racer }
}

describe('listeners of a replica', () => {
  it('AP7 observers are called once per patch, when all of it is there', () => {
    const { place, box, racer, replica } = setUp()
    const copy = replica.workspace.findFirstDescendant('racer', Racer)
    const seen: unknown[] = []
    copy?.observe(() =>
      seen.push([copy.record?.properties.lap, copy.record?.name, copy.record?.parent?.name]),
    )
    replica.game.observeStructure(() => seen.push('structure'))
    racer.lap = 5
    racer.name = 'Bo'
    racer.setAttribute('x', 1)
    box.name = 'crate'
    place.commit()
    expect(seen).toEqual([[5, 'Bo', 'crate'], 'structure'])
    racer.lap = 6
    place.commit()
    expect(seen).toEqual([[5, 'Bo', 'crate'], 'structure', [6, 'Bo', 'crate']])
  })

  it('AP7 observers of what a patch removes find no record', () => {
    const { place, box, racer, replica } = setUp()
    const copy = replica.game.getInstanceById(racer.id)
    const seen: unknown[] = []
    copy?.observe(() => seen.push(copy.record))
    box.destroy()
    place.commit()
    expect(seen).toEqual([null])
  })

  it('AP8 handlers run at the next drain, and see the whole patch', () => {
    const { place, workspace, racer, replica } = setUp()
    const seen: unknown[] = []
    replica.workspace.childAdded.connect((child) => {
      seen.push([child.name, child.isA(Racer) && child.lap, namesOf(child.getChildren())])
    })
    const made = new Racer({ name: 'Bo', parent: workspace, lap: 4 })
    new Part({ name: 'wheel', parent: made })
    racer.destroy()
    place.commit()
    expect(seen).toEqual([])
    replica.game.drain()
    expect(seen).toEqual([['Bo', 4, ['wheel']]])
  })

  it('AP8 property signals name what the patch changed, and no more', () => {
    const { place, racer, replica } = setUp()
    const copy = replica.workspace.findFirstDescendant('racer', Racer)
    const heard: string[] = []
    copy?.changed.connect((property) => heard.push(property))
    racer.lap = 5
    racer.name = 'Bo'
    racer.addTag('fast')
    racer.setAttribute('x', 1)
    place.commit()
    replica.game.drain()
    expect(heard).toEqual(['lap', 'name', 'attributes', 'tags'])
  })

  it('AP21 a patch is told once for each instance and property, however often it writes them', () => {
    const { racer, replica } = setUp()
    const copy = replica.workspace.findFirstDescendant('racer', Racer)
    const heard: unknown[] = []
    copy?.getPropertyChangedSignal('lap').connect(() => heard.push(`lap ${copy.lap}`))
    copy?.changed.connect((property) => heard.push(property))
    copy?.observe(() => heard.push(copy.record?.properties.lap))
    const lap = Racer.schema.propertyByName.get('lap')?.index ?? 0
    const set = (value: number) => ({ kind: 'set', id: racer.id, properties: [[lap, value]] }) as const
    applyPatch(replica.game, { seq: 90, tick: 90, timeMs: 0, operations: [set(7), set(8), set(9)] })
    replica.game.drain()
    expect(heard).toEqual([9, 'lap', 'lap 9'])
  })

  it('AP21 a patch that writes what was there in the end makes no record', () => {
    const { racer, replica } = setUp()
    const copy = replica.workspace.findFirstDescendant('racer', Racer)
    const record = copy?.record
    const others = replica.game.snapshot.records
    let observed = 0
    copy?.observe(() => {
      observed += 1
    })
    const lap = Racer.schema.propertyByName.get('lap')?.index ?? 0
    const set = (value: number) => ({ kind: 'set', id: racer.id, properties: [[lap, value]] }) as const
    applyPatch(replica.game, {
      seq: 90,
      tick: 90,
      timeMs: 0,
      operations: [set(7), set(record?.properties.lap ?? 0)],
    })
    expect([copy?.record === record, replica.game.snapshot.records === others, observed]).toEqual([
      true,
      true,
      0,
    ])
  })

  it('AP9 signals of moves tell of each instance once, from where it was to where it is', () => {
    const { place, workspace, box, racer, replica } = setUp()
    const shelf = new Folder({ name: 'shelf', parent: workspace })
    const wheel = new Part({ name: 'wheel', parent: racer })
    place.commit()
    replica.game.drain()
    const heard: string[] = []
    const name = (instance: Instance | null) => instance?.name ?? 'null'
    for (const listener of [replica.workspace, ...replica.workspace.getChildren()]) {
      listener.descendantRemoving.connect((gone, from) =>
        heard.push(`${listener.name}: -${gone.name} ${name(from)}`),
      )
      listener.descendantAdded.connect((added) => heard.push(`${listener.name}: +${added.name}`))
    }
    // The box moves with the racer in it, while the wheel leaves the racer, and something new comes into it.
    box.parent = shelf
    wheel.parent = workspace
    new Folder({ name: 'new', parent: racer })
    place.commit()
    replica.game.drain()
    expect(heard.filter((line) => line.startsWith('Workspace'))).toEqual([
      'Workspace: -box Workspace',
      'Workspace: -racer Workspace',
      'Workspace: -wheel racer',
      'Workspace: +box',
      'Workspace: +racer',
      'Workspace: +wheel',
      'Workspace: +new',
    ])
    expect(heard.filter((line) => line.startsWith('shelf'))).toEqual([
      'shelf: +box',
      'shelf: +racer',
      'shelf: +new',
    ])
    expect(heard.filter((line) => line.startsWith('box'))).toEqual(['box: -wheel racer', 'box: +new'])
  })

  it('AP9 signals of a removal come as of a destruction', () => {
    const { place, box, racer, replica } = setUp()
    const [boxCopy, copy] = [box, racer].map(({ id }) => replica.game.getInstanceById(id))
    const heard: string[] = []
    replica.workspace.childRemoved.connect((child) => heard.push(`childRemoved ${child.name}`))
    copy?.ancestryChanged.connect((moved, parent) =>
      heard.push(`ancestry ${moved.name} ${parent?.name ?? 'null'}`),
    )
    copy?.destroying.connect(() => heard.push('destroying'))
    box.destroy()
    place.commit()
    replica.game.drain()
    expect(heard).toEqual(['childRemoved box', 'ancestry box null', 'destroying'])
    expect(boxCopy?.changed.connect(() => {}).connected).toBe(false)
  })

  it('AP8 waitForChild hears of what arrives and of what is renamed', async () => {
    const { place, workspace, racer, replica } = setUp()
    const waiting = [replica.workspace.waitForChild('late'), replica.workspace.waitForChild('renamed')]
    new Folder({ name: 'late', parent: workspace })
    racer.parent = workspace
    place.commit()
    racer.name = 'renamed'
    place.commit()
    replica.game.drain()
    expect(namesOf(await Promise.all(waiting))).toEqual(['late', 'renamed'])
  })
})
