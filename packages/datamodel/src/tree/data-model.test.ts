import { describe, expect, it } from 'vitest'
import { createTree, namesOf, Racer } from '../../fixtures/place.ts'
import { Workspace } from '../classes/services.ts'
import { Folder } from '../classes/world.ts'
import { serverAuthority } from './authority.ts'
import { treeOf } from './tree.ts'

const services = [
  'Workspace',
  'Players',
  'ReplicatedFirst',
  'ReplicatedStorage',
  'ServerStorage',
  'ServerScriptService',
  'StarterGui',
  'StarterPack',
  'StarterPlayer',
  'Teams',
] as const

describe('a DataModel', () => {
  it('PC1 has one of each service, in a fixed order', () => {
    const { game } = createTree()
    expect(namesOf(game.getChildren())).toEqual(services)
    for (const name of services) {
      expect(game.getService(name).className).toBe(name)
      expect(game.getService(name)).toBe(game.findService(name))
    }
    expect(game.getService('Workspace')).toBeInstanceOf(Workspace)
    expect(game).toMatchObject({ className: 'DataModel', name: 'game', parent: null, dataModel: game })
  })

  it('PC1 finds a service whatever it is called, and nothing else', () => {
    const { game, workspace } = createTree()
    workspace.name = 'World'
    new Folder({ name: 'Lighting', parent: game })
    expect(game.getService('Workspace')).toBe(workspace)
    for (const name of ['Lighting', 'World', 'toString', '']) {
      expect(game.findService(name)).toBeNull()
      expect(() => game.getService(name as 'Workspace')).toThrow(
        `cannot get service "${name}": there is none of that name. Use one of ${services.join(', ')}.`,
      )
    }
  })

  it('PC1 finds what is in it by id', () => {
    const { game, workspace } = createTree()
    const folder = new Folder()
    expect(game.getInstanceById(0)).toBeNull()
    folder.parent = workspace
    expect(game.getInstanceById(folder.id)).toBe(folder)
    expect(game.getInstanceById(1)).toBe(game)
    expect(game.getInstanceById(-1)).toBeNull()
  })

  it('CM16 of a client commits local writes into records, makes no operations, and leaves seq and time alone', () => {
    const { game, workspace, clock } = createTree('client')
    const racer = new Racer({ parent: workspace })
    clock.advance(500)
    const { seq, timeMs } = game.snapshot
    expect(game.commit({ tick: 3 })).toMatchObject({ seq, timeMs, segments: new Map() })
    expect(racer.record?.properties.lap).toBe(0)
    racer.lap = 2
    game.commit({ tick: 4 })
    expect(racer.record?.properties.lap).toBe(2)
    expect(game.snapshot).toMatchObject({ seq, timeMs })
  })

  it('CM17 with a schedule runs handlers and commits by itself, once for all writes of a task', () => {
    const scheduled: (() => void)[] = []
    const { game, workspace } = createTree('client', { schedule: (run) => scheduled.push(run) })
    const runAll = (): number => {
      const runs = scheduled.splice(0)
      for (const run of runs) run()
      return runs.length
    }
    runAll()
    const racer = new Racer({ parent: workspace })
    expect(runAll()).toBe(1)
    const heard: string[] = []
    racer.changed.connect((property) => {
      heard.push(property)
      racer.name = 'Ana'
    })
    racer.lap = 1
    racer.lap = 2
    expect(runAll()).toBe(1)
    expect(heard).toEqual(['lap', 'name'])
    expect(racer.record).toMatchObject({ name: 'Ana', properties: { lap: 2 } })
    while (runAll() > 0) {}
    expect([heard.length, game.queue.size]).toEqual([2, 0])
  })

  it('CM19 is the server by its authority, and a replica, which knows nothing of who sees what, without one', () => {
    const server = createTree('server')
    expect([server.game.side, treeOf(server.game).options.authority]).toEqual(['server', serverAuthority])
    const replica = createTree('client')
    expect([replica.game.side, treeOf(replica.game).options.authority]).toEqual(['client', undefined])
    expect(() => treeOf(replica.game).domains).toThrow('a replica does not know who sees what')
  })
})
