import { causesOf, Folder, IntValue, Model, NumberValue, Part, type Player, Vector3 } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { createCauseRecord } from '../../fixtures/cause-record.ts'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'
import type { PlaceOptions } from '../place/place-options.ts'
import { script } from '../scripts/script.ts'
import { causeLimit } from './cause-log.ts'

function setUp(options: Partial<PlaceOptions> = {}) {
  const record = createCauseRecord()
  const test = createTestPlace({ definition, onCommit: record.onCommit, ...options })
  const { place, tick } = test
  const coins = new IntValue({ name: 'Coins', parent: place.game.getService('Workspace') })
  return {
    ...test,
    coins,
    /** What this tick committed. */
    told: async () => {
      await tick()
      return record.take(place)
    },
    record,
  }
}

test('CS1 each call of a remote runs its handlers under a cause of its own, property by property', async () => {
  const { place, join, settle, told, clock } = setUp()
  const part = new Part({ name: 'Part', parent: place.game.getService('Workspace') })
  place.remote(remotes.act).onServerEvent.connect((player: Player) => {
    if (player.name === 'Ana') part.position = new Vector3(1, 0, 0)
    else part.anchored = !part.anchored
  })
  const [ana, bo] = [await join(), await join({ name: 'Bo' })]
  await told()
  clock.advance(200)
  ana.fire('act', 1)
  await settle()
  clock.advance(5)
  bo.fire('act', 1)
  await settle()
  expect(await told()).toEqual([
    'set Part: remote "act" by Ana at 1000200 ms',
    'set Part: remote "act" by Bo at 1000205 ms',
  ])
})

test('CS1 a request and an unreliable call are such calls too, and so is one over the rate', async () => {
  const { place, join, settle, told, coins } = setUp()
  place.remote(remotes.ask).onServerInvoke = () => {
    coins.value += 1
  }
  place.remote(remotes.steer).onServerEvent.connect(() => {
    coins.name = 'Gold'
  })
  place.onThrottled.connect(() => coins.addTag('throttled'))
  const ana = await join()
  await told()
  ana.ask(1, 'ask', 0)
  await settle()
  expect(await told()).toEqual(['set Coins: remote "ask" by Ana at 1000000 ms'])
  ana.fireDatagram(1, 'steer', 1)
  for (let call = 0; call < 3; call += 1) ana.fire('rare', call)
  await settle()
  expect(await told()).toEqual([
    'rename Gold: remote "steer" by Ana at 1000000 ms',
    'tags Gold: remote "rare" by Ana at 1000000 ms',
  ])
})

test('CS1 what had to wait, an event for a listener or a request for its handler, keeps its cause', async () => {
  const { place, join, settle, told, coins, clock } = setUp()
  const ana = await join()
  await told()
  ana.fire('act', 1)
  ana.ask(1, 'ask', 0)
  await settle()
  clock.advance(100)
  place.remote(remotes.act).onServerEvent.connect(() => {
    coins.name = 'Gold'
  })
  place.remote(remotes.ask).onServerInvoke = () => {
    coins.value += 1
  }
  await settle()
  expect(await told()).toEqual([
    'set Gold: remote "ask" by Ana at 1000000 ms',
    'rename Gold: remote "act" by Ana at 1000000 ms',
  ])
})

test('CS2 each script starts under a cause of its own, and the remotes are the place itself', async () => {
  const make = (name: string) => script(({ workspace }) => void new Folder({ name, parent: workspace }))
  const { told } = setUp({ scripts: [make('first'), make('second')] })
  const lines = await told()
  expect(lines).toContain('create Remotes: the place itself')
  expect(lines).toContain('create first: script 0')
  expect(lines).toContain('create second: script 1')
  expect(lines).toContain('create Coins: unknown')
})

test('CS3 a task has a cause of its own, which tells its parent and where it all began', async () => {
  const { place, told, clock, record } = setUp({
    scripts: [
      script(({ workspace, task }) => {
        const make = (name: string) => void new Folder({ name, parent: workspace })
        task.spawn(() => {
          make('spawned')
          task.defer(() => make('deferred'))
          task.delay(50, () => {
            make('delayed')
            task.delay(50, () => make('nested'))
          })
        })
        make('started')
      }),
    ],
  })
  const lines = await told()
  expect(lines).toContain('create started: script 0')
  expect(lines).toContain('create spawned: task "spawn" from script 0')
  expect(lines).toContain('create deferred: task "defer" from script 0')
  clock.advance(60)
  expect(await told()).toEqual(['create delayed: task "delay" from script 0'])
  clock.advance(60)
  expect(await told()).toEqual(['create nested: task "delay" from script 0'])
  const [nested, delayed] = record.patches
    .toReversed()
    .map(({ segments }) => place.causes.of(Number([...segments.values()].flatMap(causesOf)[0])))
  expect(nested).toMatchObject({ kind: 'task', parent: delayed?.number, timeMs: 1_000_120 })
  const spawned = delayed?.kind === 'task' ? place.causes.of(delayed.parent) : null
  expect(spawned).toMatchObject({ kind: 'task', source: 'spawn', origin: { kind: 'script', script: 0 } })
})

test('CS4 each handler of the heartbeat runs under a cause that tells who connected it', async () => {
  const { place, join, settle, told } = setUp({
    scripts: [
      script(({ workspace, heartbeat, remote }) => {
        const model = new Model({ name: 'Model', parent: workspace })
        heartbeat.connect((elapsedMs) => model.setAttribute('elapsed', elapsedMs + Math.PI))
        remote(remotes.act).onServerEvent.connect(() => {
          heartbeat.once(() => model.addTag('fast'))
        })
      }),
    ],
  })
  const ana = await join()
  expect(await told()).toContain('attribute Model: heartbeat at 1000000 ms, handler from script 0')
  ana.fire('act', 1)
  await settle()
  expect(await told()).toContain(
    'tags Model: heartbeat at 1000000 ms, handler from remote "act" by Ana at 1000000 ms',
  )
  expect(place.causes.of(0)).toBeNull()
})

test('CS5 joining, losing the line, coming back and leaving are causes, and a kick tells its own', async () => {
  const { place, join, settle, told, coins } = setUp()
  place.players.playerAdded.connect((player) => void new Folder({ name: 'Score', parent: player }))
  place.players.playerRemoving.connect(() => {
    coins.value += 1
  })
  place.remote(remotes.act).onServerEvent.connect((player: Player) => player.kick('enough'))
  await told()
  const ana = await join()
  const joined = await told()
  expect(joined.length).toBeGreaterThan(3)
  expect(new Set(joined.map((line) => line.slice(line.indexOf(':'))))).toEqual(
    new Set([': join of Ana at 1000000 ms']),
  )
  ana.drop()
  expect(await told()).toEqual(['set Ana: disconnect of Ana at 1000000 ms'])
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  expect(await told()).toEqual(['set Ana: reconnect of Ana at 1000000 ms'])
  ana.fire('act', 1)
  await settle()
  const why = 'leave of Ana (kicked) at 1000000 ms, from remote "act" by Ana at 1000000 ms'
  expect(await told()).toEqual([`set Coins: ${why}`, `remove gone: ${why}`])
})

test('CS6 what comes after an await has no cause, unless it is a task of its own', async () => {
  const { place, join, settle, told, coins } = setUp({
    scripts: [
      script(({ remote, task, workspace }) => {
        remote(remotes.act).onServerEvent.connect(async () => {
          const count = new NumberValue({ name: 'Count', parent: workspace })
          task.delay(0, () => count.addTag('counted'))
          await task.wait()
          count.value = 1
        })
      }),
    ],
  })
  const ana = await join()
  await told()
  ana.fire('act', 1)
  await settle()
  coins.value = 1
  const why = 'remote "act" by Ana at 1000000 ms'
  expect(await told()).toEqual(['set Coins: unknown', `create Count: ${why}`])
  expect(await told()).toEqual(['set Count: unknown'])
  expect(place.causes.of(-1)).toBeNull()
})

test('CS7 a fault ends its own cause and no other', async () => {
  const { place, join, settle, told, coins, log } = setUp()
  const { onServerEvent } = place.remote(remotes.act)
  onServerEvent.connect(() => {
    coins.value += 1
    throw new Error('thrown')
  })
  onServerEvent.connect(() => coins.addTag('heard'))
  const ana = await join()
  await told()
  ana.fire('act', 1)
  await settle()
  coins.name = 'Gold'
  const why = 'remote "act" by Ana at 1000000 ms'
  expect(await told()).toEqual([`set Gold: ${why}`, 'rename Gold: unknown', `tags Gold: ${why}`])
  expect(log.errors).toHaveLength(1)
})

test('CS8 the last 10,000 causes are kept', () => {
  const { place } = createTestPlace({
    definition,
    scripts: [
      script(({ task }) => {
        for (let count = 0; count < causeLimit; count += 1) task.spawn(() => {})
      }),
    ],
  })
  // The place itself was the first, the script the second.
  expect(place.causes.of(2)).toBeNull()
  expect(place.causes.of(3)).toMatchObject({ number: 3, kind: 'task', parent: 2 })
  expect(place.causes.of(causeLimit + 2)).toMatchObject({ number: causeLimit + 2 })
  expect(place.causes.of(causeLimit + 3)).toBeNull()
})

test('CS9 onCommit hears of each commit that has operations, with readers or without, and its faults stay its own', async () => {
  const seqs: number[] = []
  const { place, log } = createTestPlace({
    definition,
    onCommit({ seq }) {
      seqs.push(seq)
      throw new Error('thrown')
    },
  })
  place.step()
  place.step()
  place.game.getService('Workspace').addTag('written')
  place.step()
  const { seq } = place.game.snapshot
  expect(seqs).toEqual([seq - 1, seq])
  expect(log.errors.map(({ line }) => line)).toEqual(Array(2).fill('place "test": onCommit failed'))
})

test('CS10 no frame differs by the numbers of causes, nor by how many there are', async () => {
  const run = async (spawned: number, hasTasks: 'eachWrite' | 'none'): Promise<readonly Uint8Array[]> => {
    const { place, join, settle, tick } = createTestPlace({
      definition,
      scripts: [
        script(({ workspace, task, remote }) => {
          for (let count = 0; count < spawned; count += 1) task.spawn(() => {})
          const part = new Part({ parent: workspace })
          const perhapsInTask = hasTasks === 'none' ? (write: () => void) => write() : task.spawn
          remote(remotes.act).onServerEvent.connect(() => {
            perhapsInTask(() => {
              part.anchored = !part.anchored
            })
            perhapsInTask(() => {
              part.position = part.position.add(new Vector3(1, 0, 0))
            })
            perhapsInTask(() => part.addTag('moved'))
          })
        }),
      ],
    })
    const ana = await join()
    for (let round = 0; round < 3; round += 1) {
      ana.fire('act', round)
      await settle()
      await tick()
    }
    await place.stop()
    return ana.frames
  }
  const plain = await run(0, 'none')
  expect(plain.length).toBeGreaterThan(3)
  expect(await run(5_000, 'none')).toEqual(plain)
  expect(await run(0, 'eachWrite')).toEqual(plain)
})
