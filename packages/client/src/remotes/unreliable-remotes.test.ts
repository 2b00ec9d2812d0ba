import { Folder, type RemoteEvent, UnreliableRemoteEvent } from '@banyan/datamodel'
import { defineGame, defineRemotes, encodeDatagramDown, toClient, toServer } from '@banyan/protocol'
import { number, object } from 'valibot'
import { describe, expect, test } from 'vitest'
import { createScriptedWorld } from '../../fixtures/scripted-client.ts'
import { forPlayer } from '../../fixtures/scripted-place.ts'

const remotes = defineRemotes({
  steer: toServer(object({ angle: number() }), { unreliable: true }),
  moved: toClient(object({ x: number() }), { unreliable: true }),
})

function setUp() {
  const world = createScriptedWorld(defineGame({ remotes }))
  const { client, place, settle } = world
  const storage = place.game.getService('ReplicatedStorage')
  const folder = new Folder({ name: 'Remotes', parent: storage })
  const instances = {
    steer: new UnreliableRemoteEvent({ name: 'steer', parent: folder }),
    moved: new UnreliableRemoteEvent({ name: 'moved', parent: folder }),
    loose: new UnreliableRemoteEvent({ name: 'Loose', parent: storage }),
  }
  const heard: unknown[] = []
  const listen = () => client.remote(remotes.moved).onClientEvent.connect(({ x }) => heard.push(x))
  const send = (seq: number, remote: RemoteEvent, ...args: unknown[]) => {
    place.channel.send(encodeDatagramDown({ seq, remote: remote.id, args: forPlayer(args) }))
    settle()
  }
  const steer = (angle: number) => client.remote(remotes.steer).fireServer({ angle })
  return { ...world, ...instances, heard, listen, send, steer }
}

describe('unreliable remotes', () => {
  test('UF7: a contract and an instance made at run time fire in datagrams, never in calls', () => {
    const { client, join, loose, place, settle, steer } = setUp()
    steer(1)
    join()
    steer(2)
    const found = client.game.getInstanceById(loose.id)
    if (found instanceof UnreliableRemoteEvent) found.fireServer('any', 3)
    settle()
    expect(place.channel.calls).toEqual([])
    expect(place.channel.datagrams.map(({ seq, remote }) => [seq, remote])).toEqual([
      [1, client.remote(remotes.steer).instance?.id],
      [2, loose.id],
    ])
  })

  test('UF7: nothing is fired into a lost line or a closed client, and nothing of it comes later', () => {
    const { client, clock, join, lines, place, settle, steer } = setUp()
    join()
    place.channel.cut()
    settle()
    for (let angle = 0; angle < 1000; angle += 1) steer(angle)
    place.status = 'resumed'
    clock.advance(1000)
    settle()
    expect(client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    expect(place.channels.map(({ datagrams }) => datagrams.length)).toEqual([0, 0])
    steer(1)
    settle()
    expect(place.channel.datagrams.map(({ seq }) => seq)).toEqual([1])
    client.close()
    steer(2)
    settle()
    expect(lines).toEqual([])
  })

  test('UF8: handlers get the schema’s output when the message arrives, and the newest wins', () => {
    const { heard, join, listen, moved, send } = setUp()
    join()
    listen()
    for (const seq of [2, 1, 2, 5, 3]) send(seq, moved, { x: seq })
    expect(heard).toEqual([2, 5])
  })

  test('UF8: the numbers begin anew with a welcome', () => {
    const { clock, heard, join, listen, moved, place, send, settle } = setUp()
    join()
    listen()
    send(9, moved, { x: 9 })
    place.channel.cut()
    settle()
    place.status = 'resumed'
    clock.advance(1000)
    settle()
    send(1, moved, { x: 1 })
    expect(heard).toEqual([9, 1])
  })

  test('UF9: what no listener waits for is dropped, and so is what names no remote or a reliable one', () => {
    const { heard, join, lines, listen, moved, place, send } = setUp()
    join()
    send(1, moved, { x: 1 })
    listen()
    send(2, place.player as unknown as RemoteEvent, { x: 2 })
    send(3, { id: 1_000_000 } as RemoteEvent, { x: 3 })
    send(4, moved, { x: 4 })
    expect([heard, lines]).toEqual([[4], []])
  })

  test('UF10: one that overtakes its welcome is dropped', () => {
    const { clock, heard, join, lines, listen, moved, place, send, settle } = setUp()
    join()
    listen()
    place.channel.cut()
    settle()
    place.status = null
    clock.advance(1000)
    settle()
    send(1, moved, { x: 1 })
    expect([heard, lines, place.channels.length]).toEqual([[], [], 2])
  })

  test('UF11: it counts for no acknowledgement, and one that breaks its schema is reported', () => {
    const { clock, heard, join, lines, listen, moved, place, send, settle } = setUp()
    join()
    listen()
    settle()
    const before = place.channel.acks.length
    send(1, moved, { x: 1 })
    send(2, moved, { x: 'far' })
    clock.advance(2000)
    settle()
    expect(place.channel.acks.length).toBe(before)
    expect(heard).toEqual([1])
    expect(lines).toEqual([expect.stringContaining('cannot receive "moved"')])
  })

  test('UF12: bad bytes make the client ask for everything again', () => {
    const { join, lines, moved, place, settle } = setUp()
    join()
    const args = { bytes: Uint8Array.of(1, 0x1f), instances: [] }
    place.channel.send(encodeDatagramDown({ seq: 1, remote: moved.id, args }))
    settle()
    expect(lines).toEqual([expect.stringContaining('cannot take')])
    expect(place.channel.isClosed).toBe(true)
  })
})
