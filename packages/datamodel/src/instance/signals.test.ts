import { describe, expect, it, vi } from 'vitest'
import { createTree, Racer } from '../../fixtures/place.ts'
import { NumberValue } from '../classes/value-objects.ts'
import { Folder } from '../classes/world.ts'
import type { Instance } from './instance.ts'

/** Writes down what every signal about the tree's shape says. */
function listen(heard: string[], instance: Instance): void {
  const by = instance.name
  const name = (other: Instance | null) => other?.name ?? 'null'
  instance.childAdded.connect((child) => heard.push(`${by}: childAdded ${child.name}`))
  instance.childRemoved.connect((child) => heard.push(`${by}: childRemoved ${child.name}`))
  instance.descendantAdded.connect((added) => heard.push(`${by}: descendantAdded ${added.name}`))
  instance.descendantRemoving.connect((gone, from) =>
    heard.push(`${by}: descendantRemoving ${gone.name} ${name(from)}`),
  )
  instance.ancestryChanged.connect((moved, to) =>
    heard.push(`${by}: ancestryChanged ${name(moved)} ${name(to)}`),
  )
  instance.getPropertyChangedSignal('parent').connect((...args) => heard.push(`${by}: parent ${args.length}`))
}

function setUp() {
  const tree = createTree()
  const [a, b] = [new Folder({ name: 'a' }), new Folder({ name: 'b' })]
  const box = new Folder({ name: 'box' })
  const coin = new Folder({ name: 'coin', parent: box })
  for (const folder of [a, b]) folder.parent = tree.workspace
  tree.game.drain()
  const heard: string[] = []
  return { ...tree, a, b, box, coin, heard }
}

describe('signals of properties', () => {
  it('DM23 run at the next drain, with the name of what changed', () => {
    const { game, workspace } = createTree()
    const racer = new Racer({ parent: workspace })
    game.drain()
    const heard: unknown[][] = []
    racer.changed.connect((...args) => heard.push(['changed', ...args]))
    racer
      .getPropertyChangedSignal('lap')
      .connect((...args: unknown[]) => heard.push(['lap', ...args, racer.lap]))
    racer.lap = 1
    racer.name = 'Ana'
    racer.addTag('fast')
    racer.setAttribute('speed', 1)
    expect(heard).toEqual([])
    game.drain()
    expect(heard).toEqual([
      ['changed', 'lap'],
      ['lap', 1],
      ['changed', 'name'],
      ['changed', 'tags'],
      ['changed', 'attributes'],
    ])
  })

  it('DM23 stay silent for a write of what is there', () => {
    const { game, workspace } = createTree()
    const racer = new Racer({ parent: workspace, lap: 1 })
    const heard: string[] = []
    racer.changed.connect((property) => heard.push(property))
    racer.lap = 1
    racer.name = 'Racer'
    racer.parent = workspace
    racer.rival = null
    racer.setAttribute('x', null)
    game.drain()
    expect(heard).toEqual([])
  })

  it('DM24 coalesce by property, and each is the same object at every call', () => {
    const { game, workspace } = createTree()
    const racer = new Racer({ parent: workspace })
    game.drain()
    const heard: unknown[] = []
    racer.changed.connect((property) => heard.push(property))
    racer.getPropertyChangedSignal('lap').connect(() => heard.push(racer.lap))
    racer.getAttributeChangedSignal('speed').connect((...args) => heard.push(`speed ${args.length}`))
    racer.attributeChanged.connect((attribute) => heard.push(`attribute ${attribute}`))
    for (const value of [1, 2, 3]) {
      racer.lap = value
      racer.progress = value
      racer.setAttribute('speed', value)
      racer.setAttribute('size', value)
    }
    racer.setAttribute('speed', null)
    game.drain()
    expect(heard).toEqual([
      'lap',
      3,
      'progress',
      'attribute speed',
      'speed 0',
      'attributes',
      'attribute size',
    ])
    expect(racer.getPropertyChangedSignal('lap')).toBe(racer.getPropertyChangedSignal('lap'))
    expect(racer.getAttributeChangedSignal('speed')).toBe(racer.getAttributeChangedSignal('speed'))
    expect(racer.changed).toBe(racer.changed)
  })

  it('DM24 exist for properties of the class only', () => {
    const racer = new Racer()
    const wrong = 'laps' as 'lap'
    expect(() => racer.getPropertyChangedSignal(wrong)).toThrow(
      'cannot listen to Racer.laps: the class has no such property. Check the name.',
    )
  })

  it('DM23 of value objects pass the name, like all others', () => {
    const { game, workspace } = createTree()
    const value = new NumberValue({ parent: workspace })
    game.drain()
    const heard: unknown[] = []
    value.changed.connect((...args) => heard.push(...args))
    value.value = 5
    value.name = 'Countdown'
    game.drain()
    expect(heard).toEqual(['value', 'name'])
  })
})

describe('signals of moves', () => {
  it('DM25 an arrival: the moved and all below, then the new parent, then all above it', () => {
    const { game, workspace, a, box, coin, heard } = setUp()
    for (const instance of [workspace, a, box, coin]) listen(heard, instance)
    box.parent = a
    game.drain()
    expect(heard).toEqual([
      'box: parent 0',
      'box: ancestryChanged box a',
      'coin: ancestryChanged box a',
      'a: childAdded box',
      'a: descendantAdded box',
      'a: descendantAdded coin',
      'Workspace: descendantAdded box',
      'Workspace: descendantAdded coin',
    ])
  })

  it('DM25 a move: first the old place, then as an arrival; common ancestors hear both', () => {
    const { game, workspace, a, b, box, coin, heard } = setUp()
    box.parent = a
    game.drain()
    for (const instance of [workspace, a, b, box, coin]) listen(heard, instance)
    box.parent = b
    game.drain()
    expect(heard).toEqual([
      'a: descendantRemoving box a',
      'a: descendantRemoving coin a',
      'Workspace: descendantRemoving box a',
      'Workspace: descendantRemoving coin a',
      'a: childRemoved box',
      'box: parent 0',
      'box: ancestryChanged box b',
      'coin: ancestryChanged box b',
      'b: childAdded box',
      'b: descendantAdded box',
      'b: descendantAdded coin',
      'Workspace: descendantAdded box',
      'Workspace: descendantAdded coin',
    ])
  })

  it('DM25 a departure ends with null', () => {
    const { game, a, box, coin, heard } = setUp()
    box.parent = a
    game.drain()
    for (const instance of [a, box, coin]) listen(heard, instance)
    box.parent = null
    game.drain()
    expect(heard).toEqual([
      'a: descendantRemoving box a',
      'a: descendantRemoving coin a',
      'a: childRemoved box',
      'box: parent 0',
      'box: ancestryChanged box null',
      'coin: ancestryChanged box null',
    ])
  })

  it('DM26 descendantRemoving runs after the move', () => {
    const { game, workspace, a, b, box } = setUp()
    box.parent = a
    game.drain()
    const seen: unknown[] = []
    workspace.descendantRemoving.connect((gone, from) => seen.push(gone.name, from.name, gone.parent?.name))
    box.parent = b
    game.drain()
    expect(seen).toEqual(['box', 'a', 'b', 'coin', 'a', 'box'])
  })

  it('DM25 they do not coalesce: each move is told', () => {
    const { game, a, b, box } = setUp()
    const heard: string[] = []
    a.childAdded.connect((child) => heard.push(`+${child.name}`))
    a.childRemoved.connect((child) => heard.push(`-${child.name}`))
    box.parent = a
    box.parent = b
    box.parent = a
    game.drain()
    expect(heard).toEqual(['+box', '-box', '+box'])
  })
})

describe('signals outside of any DataModel', () => {
  it('DM27 run in a microtask', async () => {
    const folder = new Folder()
    const heard: string[] = []
    folder.changed.connect((property) => heard.push(property))
    folder.name = 'a'
    folder.name = 'b'
    expect(heard).toEqual([])
    await Promise.resolve()
    expect(heard).toEqual(['name'])
  })

  it('DM27 belong to the DataModel once the instance has entered it, and after it has left', async () => {
    const { game, workspace } = createTree()
    const folder = new Folder()
    const heard: string[] = []
    folder.changed.connect((property) => heard.push(property))
    folder.parent = workspace
    await Promise.resolve()
    expect(heard).toEqual([])
    game.drain()
    expect(heard).toEqual(['parent'])
    folder.parent = null
    folder.name = 'a'
    await Promise.resolve()
    expect(heard).toHaveLength(1)
    game.drain()
    expect(heard).toEqual(['parent', 'parent', 'name'])
  })

  it('DM27 whose handlers fail are told to the console, and others go on', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const folder = new Folder({ name: 'box' })
    const error = new Error('broken')
    const heard: string[] = []
    folder.changed.connect(() => {
      throw error
    })
    folder.changed.connect((property) => heard.push(property))
    folder.name = 'crate'
    await Promise.resolve()
    expect(heard).toEqual(['name'])
    expect(log.mock.calls).toEqual([['A handler of "crate.changed" failed.', error]])
    log.mockRestore()
  })

  it('DM27 inside a DataModel failing handlers go to its report, with the name of the signal', () => {
    const { game, workspace, reports } = createTree()
    workspace.changed.connect(() => {
      throw new Error('broken')
    })
    workspace.name = 'World'
    game.drain()
    expect(reports).toEqual([{ error: new Error('broken'), source: 'World.changed' }])
  })
})
