import {
  Folder,
  type Instance,
  NumberValue,
  RemoteEvent,
  replicaView,
  StringValue,
  view,
} from '@banyan/datamodel'
import { defineGame, encodePatches, encodeSegment, encodeSnapshotPart } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'

const definition = defineGame({})

function createWorld() {
  const world = createScriptedWorld(definition)
  const { client, page, place, settle } = world
  return {
    ...world,
    storage: place.game.getService('ReplicatedStorage'),
    equals: () => expect(replicaView(client.game)).toEqual(view(place.game.snapshot, place.player.id)),
    onClient: (instance: Instance) => client.game.getInstanceById(instance.id),
    cut() {
      place.channel.cut()
      settle()
    },
    comeBack() {
      place.status = 'resumed'
      page.wake()
      settle()
    },
    /** What the place shows now, a segment for each instance. */
    segments: () =>
      view(place.game.snapshot, place.player.id).map((create) => encodeSegment(definition, [create])),
  }
}

describe('a resume without a snapshot', () => {
  test('RP11: only what the missed patches touch changes, and the replica is the view again', () => {
    const { client, comeBack, cut, equals, join, onClient, place, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage, value: 1 })
    const calm = new NumberValue({ name: 'Calm', parent: storage })
    const gone = new Folder({ name: 'Gone', parent: storage })
    join()
    place.isKeeping = true
    const before = { round: onClient(round), calm: onClient(calm)?.record, gone: onClient(gone) }
    const noticed: string[] = []
    for (const { name, id } of [round, calm, storage]) {
      client.game.getInstanceById(id)?.observe(() => noticed.push(name))
    }
    cut()
    for (const value of [2, 3]) {
      round.value = value
      place.skip()
    }
    gone.destroy()
    place.skip()
    comeBack()
    equals()
    expect(client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    expect([onClient(round), onClient(calm)?.record]).toEqual([before.round, before.calm])
    expect(before.gone?.isDestroyed).toBe(true)
    expect(noticed).toEqual(['Round', 'Round', 'ReplicatedStorage'])
  })

  test('RP11 RP3: an event of then names what the missed patches removed', () => {
    const { comeBack, cut, join, onClient, place, step, storage } = createWorld()
    const coin = new Folder({ name: 'Coin', parent: storage })
    const taken = new RemoteEvent({ name: 'taken', parent: storage })
    join()
    place.isKeeping = true
    const coinHere = onClient(coin)
    const seen: unknown[] = []
    ;(onClient(taken) as RemoteEvent).onClientEvent.connect((what) => seen.push(what))
    cut()
    coin.destroy()
    place.fire(taken, coin)
    comeBack()
    step()
    expect(seen).toEqual([coinHere])
  })

  test('RP11: one that does not fit is a fault, after which everything is asked for', () => {
    const { client, clock, cut, equals, join, lines, page, place, settle, storage } = createWorld()
    join()
    new Folder({ name: 'Missed', parent: storage })
    place.skip()
    cut()
    place.isKeeping = true
    // Its own streams are lost, so nothing of it can go on.
    place.status = 'rejoined'
    page.wake()
    settle()
    expect(lines).toContainEqual(expect.stringContaining('goes on from patch'))
    expect(client.state.kind).toBe('reconnecting')
    place.isKeeping = false
    clock.advance(10_000)
    settle()
    expect(place.channel.hello.resume).toMatchObject({ seq: 0 })
    expect(client.state.kind).toBe('joined')
    equals()
  })
})

describe('a snapshot in parts', () => {
  test('RP4 RP12: nothing changes before the frame behind the last part, and then everything at once', () => {
    const { client, equals, join, onClient, place, segments, settle, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage, value: 1 })
    const gone = new Folder({ name: 'Gone', parent: storage })
    join()
    const handle = onClient(round)
    const seen: unknown[] = []
    client.game.observeStructure(() => seen.push(storage.getChildren().length))
    round.value = 2
    gone.destroy()
    for (let n = 0; n < 3; n += 1) new StringValue({ name: `new ${n}`, parent: storage })
    place.skip()
    const parts = segments()
    const { seq, tick, timeMs } = place.game.snapshot
    for (const part of parts) place.channel.send(encodeSnapshotPart([part], null))
    place.channel.send(encodeSnapshotPart([], { seq, tick, timeMs }))
    settle()
    expect([seen, onClient(gone)?.isDestroyed]).toEqual([[], false])
    place.channel.send(encodePatches([]))
    settle()
    equals()
    expect(seen).toHaveLength(1)
    expect(onClient(round)).toBe(handle)
  })

  test('RP12: patches between the parts of a snapshot are a fault, after which a whole one mends everything', () => {
    const { client, equals, join, place, segments, settle, storage, comeBack } = createWorld()
    join()
    new Folder({ name: 'New', parent: storage })
    place.skip()
    const [part] = segments()
    if (part === undefined) throw new Error('there are no parts')
    place.channel.send(encodeSnapshotPart([part], null))
    const { seq, tick, timeMs } = place.game.snapshot
    place.channel.send(encodePatches([{ seq, tick, timeMs, segments: [] }]))
    settle()
    expect(client.state.kind).toBe('reconnecting')
    comeBack()
    equals()
  })

  test('RP12: parts of a channel that was lost are forgotten', () => {
    const { comeBack, cut, equals, join, onClient, place, segments, settle, step, storage } = createWorld()
    join()
    const early = new Folder({ name: 'Early', parent: storage })
    place.skip()
    for (const part of segments()) place.channel.send(encodeSnapshotPart([part], null))
    settle()
    early.destroy()
    place.skip()
    cut()
    comeBack()
    equals()
    expect(onClient(early)).toBeNull()
    step()
    equals()
  })

  test('RP12: a snapshot that is older than the replica changes nothing', () => {
    const { equals, join, place, segments, settle, step, storage } = createWorld()
    join()
    const old = segments()
    const { seq, tick, timeMs } = place.game.snapshot
    new Folder({ name: 'Newer', parent: storage })
    step()
    place.channel.send(encodeSnapshotPart(old, { seq, tick, timeMs }))
    place.channel.send(encodePatches([]))
    settle()
    equals()
  })
})
