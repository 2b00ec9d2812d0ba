import { Folder, type Instance, NumberValue, RemoteEvent, replicaView, view } from '@banyan/datamodel'
import { defineGame, encodePatches, encodeSegment } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'

function createWorld() {
  const world = createScriptedWorld(defineGame({}))
  const storage = () => world.place.game.getService('ReplicatedStorage')
  return {
    ...world,
    get place() {
      return world.place
    },
    storage,
    equals: () =>
      expect(replicaView(world.client.game)).toEqual(view(world.place.game.snapshot, world.place.player.id)),
    onClient: (instance: Instance) => world.client.game.getInstanceById(instance.id),
  }
}

describe('the replica', () => {
  test('RP1: after the join it is the view of its player, and after each patch again', () => {
    const { equals, join, onClient, place, step, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage(), value: 1 })
    new Folder({ name: 'Secret', parent: place.game.getService('ServerStorage') })
    join()
    equals()
    round.value = 2
    const folder = new Folder({ name: 'Rounds', parent: storage() })
    round.parent = folder
    step()
    equals()
    expect(onClient(round)?.getFullName()).toBe('ReplicatedStorage.Rounds.Round')
    folder.destroy()
    step()
    equals()
  })

  test('RP2: a handler of an event sees every write that came before the fire, and no half of a patch', () => {
    const { client, join, onClient, place, step, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage() })
    const phase = new NumberValue({ name: 'Phase', parent: storage() })
    const started = new RemoteEvent({ name: 'started', parent: storage() })
    join()
    const seen: unknown[] = []
    const read = (what: string) => {
      const values = [round, phase].map((value) => (onClient(value) as NumberValue).value)
      seen.push([what, ...values, client.patchTimeMs])
    }
    ;(onClient(started) as RemoteEvent).onClientEvent.connect((what) => read(String(what)))
    onClient(round)?.changed.connect(() => read('round changed'))
    round.value = 1
    place.fire(started, 'one')
    phase.value = 1
    step()
    const timeMs = place.game.snapshot.timeMs
    expect(seen).toEqual([
      ['round changed', 1, 1, timeMs],
      ['one', 1, 1, timeMs],
    ])
  })

  test('RP1: stores that hear of a patch read the time of that patch', () => {
    const { client, clock, join, onClient, place, step, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage() })
    join()
    const seen: number[] = []
    onClient(round)?.observe(() => seen.push(client.patchTimeMs))
    const times = [1, 2].map((value) => {
      clock.advance(33)
      round.value = value
      step()
      return place.game.snapshot.timeMs
    })
    expect(seen).toEqual(times)
  })

  test('RP3: an instance that the same patch removes arrives as its last handle, an unknown one as null', () => {
    const { join, onClient, place, step, storage } = createWorld()
    const coin = new Folder({ name: 'Coin', parent: storage() })
    const secret = new Folder({ name: 'Secret', parent: place.game.getService('ServerStorage') })
    const taken = new RemoteEvent({ name: 'taken', parent: storage() })
    join()
    const coinHere = onClient(coin)
    const seen: unknown[] = []
    ;(onClient(taken) as RemoteEvent).onClientEvent.connect((...args) => seen.push(...args))
    coin.destroy()
    place.fire(taken, coin, secret)
    step()
    expect(seen).toEqual([coinHere, null])
    expect(coinHere?.isDestroyed).toBe(true)
    place.fire(taken, coin)
    step()
    expect(seen.slice(2)).toEqual([null])
  })

  test('RP4: a snapshot of the same run mends the replica: handles and unchanged records stay', () => {
    const { client, equals, join, onClient, page, place, settle, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage(), value: 1 })
    const calm = new NumberValue({ name: 'Calm', parent: storage() })
    const gone = new Folder({ name: 'Gone', parent: storage() })
    join()
    const before = { round: onClient(round), calm: onClient(calm)?.record, gone: onClient(gone) }
    let notices = 0
    onClient(calm)?.observe(() => {
      notices += 1
    })
    place.channel.cut()
    settle()
    round.value = 2
    gone.destroy()
    place.skip()
    place.status = 'resumed'
    page.wake()
    settle()
    equals()
    expect(onClient(round)).toBe(before.round)
    expect(onClient(calm)?.record).toBe(before.calm)
    expect(before.gone?.isDestroyed).toBe(true)
    expect(notices).toBe(0)
    expect(client.state).toMatchObject({ status: 'resumed' })
  })

  test('RP5: another run of the place replaces the tree in one step, whatever its ids mean there', () => {
    const { client, equals, join, onClient, page, place, replacePlace, settle, storage } = createWorld()
    const old = new Folder({ name: 'Old', parent: storage() })
    join()
    const oldHere = onClient(old)
    const seen: (string | undefined)[][] = []
    client.game.observeStructure(() => {
      seen.push(['Old', 'Fresh'].map((name) => client.find(`ReplicatedStorage.${name}`)?.name))
    })
    place.channel.cut()
    settle()
    const next = replacePlace()
    const fresh = new Folder({ name: 'Fresh', parent: next.game.getService('ReplicatedStorage') })
    page.wake()
    settle()
    expect(fresh.id).toBe(old.id)
    expect(oldHere?.isDestroyed).toBe(true)
    expect(seen).toEqual([[undefined, 'Fresh']])
    expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
    equals()
  })

  test('RP6: after a patch that does not fit, a fresh snapshot; nobody sees half of it', () => {
    const { client, clock, equals, join, lines, onClient, place, settle, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage() })
    join()
    const seen: unknown[] = []
    onClient(round)?.changed.connect(() => seen.push(round.value))
    const { definition } = place.game
    const { seq } = place.game.snapshot
    const classNumber = definition.classes.indexOf(NumberValue)
    const good = { kind: 'set', id: round.id, properties: [[0, 7]] } as const
    const bad = { kind: 'set', id: 9999, properties: [[0, 7]] } as const
    const segment = encodeSegment(definition, [good, bad], () => classNumber)
    place.channel.send(encodePatches([{ seq: seq + 1, tick: 0, timeMs: 0, segments: [segment] }]))
    settle()
    expect(client.state).toMatchObject({ kind: 'reconnecting' })
    expect(lines).toHaveLength(1)
    expect(seen).toEqual([])
    expect(onClient(round)?.record?.properties).toEqual({ value: 0 })
    place.status = 'resumed'
    clock.advance(1000)
    settle()
    expect(client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    expect(place.channel.hello.resume).toMatchObject({ epoch: 'first run', seq: 0 })
    equals()
    const here = onClient(round) as NumberValue
    here.value = 3
    settle()
    expect(here.record?.properties.value).toBe(3)
  })

  test('RP7: bytes that are no message end the channel, not the client', () => {
    const { client, clock, join, place, settle } = createWorld()
    join()
    for (const frame of [[], [0xff], [0x82, 0xff, 0xff, 0xff], [0x02, 0x00]]) {
      place.channel.send(Uint8Array.from(frame))
      settle()
      expect(client.state.kind).toBe('reconnecting')
      clock.advance(5000)
      settle()
      expect(client.state.kind).toBe('joined')
      expect(place.channel.hello.resume).toMatchObject({ seq: 0 })
    }
  })

  test('RP8: events survive a resume: none twice, none lost, in order', () => {
    const { client, join, onClient, page, place, settle, step, storage } = createWorld()
    const said = new RemoteEvent({ name: 'said', parent: storage() })
    join()
    const seen: unknown[] = []
    ;(onClient(said) as RemoteEvent).onClientEvent.connect((text) => seen.push(text))
    place.fire(said, 'a')
    place.fire(said, 'b')
    step()
    place.channel.cut()
    settle()
    place.status = 'resumed'
    page.wake()
    settle()
    expect(place.channel.hello.resume).toMatchObject({ eventSeq: 2 })
    place.fire(said, 'c')
    step()
    expect(seen).toEqual(['a', 'b', 'c'])
    expect(client.state.kind).toBe('joined')
  })

  test('RP10: the last event of a remote that is destroyed is heard, in the same frame and after a resume', () => {
    const { join, onClient, page, place, settle, step, storage } = createWorld()
    const seen: unknown[] = []
    const rounds = [1, 2].map((number) => {
      const round = new Folder({ name: `Round ${number}`, parent: storage() })
      return { round, ended: new RemoteEvent({ name: 'ended', parent: round }) }
    })
    join()
    for (const { ended } of rounds) {
      ;(onClient(ended) as RemoteEvent).onClientEvent.connect((...args) => seen.push(...args))
    }
    const handles = rounds.map(({ round }) => onClient(round))
    const end = ({ round, ended }: (typeof rounds)[number]) => {
      place.fire(ended, 'over', round)
      round.destroy()
    }
    for (const round of rounds.slice(0, 1)) end(round)
    step()
    expect(seen).toEqual(['over', handles[0]])
    place.channel.cut()
    settle()
    for (const round of rounds.slice(1)) end(round)
    place.status = 'resumed'
    page.wake()
    settle()
    step()
    expect(seen.slice(2)).toEqual(['over', handles[1]])
    expect(handles.map((round) => round?.isDestroyed)).toEqual([true, true])
  })

  test('RP9: what a client makes or overwrites itself stays its own', () => {
    const { client, equals, join, onClient, settle, step, storage } = createWorld()
    const round = new NumberValue({ name: 'Round', parent: storage(), value: 1 })
    join()
    const here = onClient(round) as NumberValue
    here.value = 50
    const mine = new Folder({ name: 'Mine', parent: client.game.getService('Workspace') })
    settle()
    expect(here.record?.properties.value).toBe(50)
    expect(mine.id).toBeLessThan(0)
    equals()
    round.value = 2
    step()
    expect(here.value).toBe(2)
    expect(client.find('Workspace.Mine')).toBe(mine)
  })
})
