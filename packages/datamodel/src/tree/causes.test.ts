import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, indexOf, Racer } from '../../fixtures/place.ts'
import { deliverEvent, RemoteEvent } from '../classes/remote-event.ts'
import { Folder } from '../classes/world.ts'
import { type CausedOperation, causedOperations } from './caused-operations.ts'
import { type Domain, everyone } from './domain.ts'
import type { Patch } from './operation.ts'
import { causesOf } from './segment.ts'

function setUp() {
  const place = createTree()
  const { game, workspace } = place
  const racer = new Racer({ name: 'Ana', parent: workspace })
  const under = (cause: number, run: () => void): void => {
    const outer = game.queue.cause
    game.queue.cause = cause
    run()
    game.queue.cause = outer
  }
  game.commit({ tick: 1 })
  return { ...place, racer, under, commit: () => game.commit({ tick: 2 }) }
}

const causesIn = ({ segments }: Patch, domain: Domain = everyone) => {
  const segment = segments.get(domain)
  return segment === undefined ? [] : causesOf(segment)
}
const brief = ({ operation, cause }: CausedOperation) => `${operation.kind} ${operation.id}: ${cause}`
const briefly = (patch: Parameters<typeof causedOperations>[0]) => [...causedOperations(patch)].map(brief)

describe('the cause of an operation', () => {
  it('CA1 is what the queue had as its cause at the write; without one it is 0', () => {
    const { workspace, racer, under, commit } = setUp()
    const [moved, gone] = [new Folder({ parent: workspace }), new Folder({ parent: workspace })]
    commit()
    under(1, () => racer.setAttribute('speed', 1))
    under(2, () => racer.addTag('fast'))
    under(3, () => {
      racer.name = 'Bo'
    })
    under(4, () => {
      moved.parent = racer
    })
    under(5, () => gone.destroy())
    under(6, () => racer.update((draft) => void draft.bag.items.push('sword')))
    const made = new Folder({ parent: workspace })
    expect(briefly(commit())).toEqual([
      `rename ${racer.id}: 3`,
      `edit ${racer.id}: 6`,
      `attribute ${racer.id}: 1`,
      `tags ${racer.id}: 2`,
      `move ${moved.id}: 4`,
      `remove ${gone.id}: 5`,
      `create ${made.id}: 0`,
    ])
  })

  it('CA2 belongs to each property of a set, and one number stands for all where they agree', () => {
    const { racer, under, commit } = setUp()
    under(1, () => Object.assign(racer, { lap: 1, phase: 'racing' }))
    expect(causesIn(commit())).toEqual([1])
    under(1, () => {
      racer.lap = 2
    })
    under(2, () => {
      racer.progress = 0.5
    })
    const patch = commit()
    expect(patch.segments.get(everyone)).toMatchObject({ rest: [], runs: [{ ids: [racer.id] }] })
    expect(causesIn(patch)).toEqual([[1, 2]])
    const [lap, progress] = [indexOf('lap'), indexOf('progress')]
    expect([...causedOperations(patch)]).toEqual([
      { domain: everyone, cause: 1, operation: { kind: 'set', id: racer.id, properties: [[lap, 2]] } },
      { domain: everyone, cause: 2, operation: { kind: 'set', id: racer.id, properties: [[progress, 0.5]] } },
    ])
  })

  it('CA3 is that of the last write, also where an earlier writer writes again', () => {
    const { racer, under, commit } = setUp()
    const write = (cause: number, lap: number) =>
      under(cause, () => {
        racer.lap = lap
      })
    write(1, 1)
    write(2, 2)
    expect(causesIn(commit())).toEqual([2])
    write(1, 3)
    write(2, 4)
    write(1, 5)
    expect(causesIn(commit())).toEqual([1])
  })

  it('CA3 of a commit says nothing about the next one', () => {
    const { racer, under, commit } = setUp()
    under(1, () => Object.assign(racer, { lap: 1 }))
    under(2, () => Object.assign(racer, { phase: 'racing' }))
    commit()
    racer.lap = 2
    expect(causesIn(commit())).toEqual([0])
  })

  it('CA4 of a create is who put it into the tree, of a remove who took its root out', () => {
    const { workspace, under, commit } = setUp()
    const box = new Folder({ parent: null })
    under(1, () => {
      box.parent = workspace
      new Folder({ parent: box })
    })
    under(2, () => {
      box.name = 'box'
    })
    const made = commit()
    expect(causesIn(made)).toEqual([1, 1])
    under(3, () => Object.assign(box.getChildren()[0] ?? {}, { name: 'inside' }))
    under(4, () => box.destroy())
    expect(briefly(commit())).toEqual([`remove ${box.id}: 4`])
  })

  it('CA4 of what came to another audience by its ancestor is who moved that', () => {
    const place = createTestPlace()
    const { player } = place.join('Ana')
    const box = new Folder({ parent: place.workspace })
    const coin = new Racer({ parent: box })
    place.commit()
    place.game.queue.cause = 1
    coin.lap = 5
    place.game.queue.cause = 2
    box.parent = player.backpack
    const patch = place.game.commit({ tick: 1 })
    expect(causesIn(patch)).toEqual([2])
    expect(causesIn(patch, player.id)).toEqual([2, 2])
  })

  it('CA5 of a reference is who wrote it, or who made its target appear or disappear', () => {
    const { workspace, racer, under, commit } = setUp()
    const rival = new Racer({ parent: workspace })
    racer.rival = rival
    commit()
    under(1, () => {
      racer.lap = 1
    })
    under(2, () => rival.destroy())
    expect(briefly(commit())).toEqual([`set ${racer.id}: 1`, `set ${racer.id}: 2`, `remove ${rival.id}: 2`])
  })

  it('CA6 of what was written back makes no operation', () => {
    const { racer, under, commit } = setUp()
    under(1, () => {
      racer.lap = 1
    })
    under(2, () => {
      racer.lap = 0
    })
    expect(commit()).toMatchObject({ segments: new Map() })
  })
})

describe('deferred handlers', () => {
  it('CA7 run under the cause that fired them, and what they fire too', () => {
    const { game, racer, workspace, under, commit } = setUp()
    const heard: number[] = []
    racer.getPropertyChangedSignal('lap').connect(() => {
      heard.push(game.queue.cause)
      racer.progress = racer.lap
    })
    racer.getPropertyChangedSignal('progress').connect(() => {
      heard.push(game.queue.cause)
      new Folder({ parent: workspace })
    })
    under(1, () => {
      racer.lap = 1
    })
    under(2, () => game.drain())
    expect(heard).toEqual([1, 1])
    expect(game.queue.cause).toBe(0)
    expect(causesIn(commit())).toEqual([1, 1])
  })

  it('CA8 of a coalesced signal run under the first cause that fired them', () => {
    const { game, racer, under } = setUp()
    const heard: number[] = []
    racer.getPropertyChangedSignal('lap').connect(() => heard.push(game.queue.cause))
    for (const cause of [1, 2]) {
      under(cause, () => {
        racer.lap = cause
      })
    }
    game.drain()
    expect(heard).toEqual([1])
  })

  it('CA9 leave the cause as it was, also when they throw or await', async () => {
    const { game, racer, under, reports } = setUp()
    const heard: number[] = []
    const { childAdded } = racer
    childAdded.connect(() => {
      throw new Error('thrown')
    })
    childAdded.connect(async () => {
      heard.push(game.queue.cause)
      await Promise.resolve()
      heard.push(game.queue.cause)
    })
    under(1, () => new Folder({ parent: racer }))
    under(2, () => {
      game.drain()
      heard.push(game.queue.cause)
    })
    await Promise.resolve()
    await Promise.resolve()
    expect(heard).toEqual([1, 2, 0])
    expect(reports).toHaveLength(1)
  })

  it('CA10 of an event that waited for its first listener run under the cause that it came with', () => {
    const { game, workspace, under } = setUp()
    const remote = new RemoteEvent({ parent: workspace })
    const heard: number[] = []
    under(1, () => deliverEvent(remote, ['a']))
    under(2, () => deliverEvent(remote, ['b']))
    under(3, () => remote.onServerEvent.connect(() => heard.push(game.queue.cause)))
    game.drain()
    expect(heard).toEqual([1, 2])
  })
})
