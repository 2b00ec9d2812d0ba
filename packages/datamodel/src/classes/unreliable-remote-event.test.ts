import { describe, expect, it } from 'vitest'
import { createFakePeer } from '../../fixtures/fake-peer.ts'
import { createTestPlace, createTree } from '../../fixtures/place.ts'
import { markDestroyed } from '../instance/lifecycle.ts'
import { nodeOf } from '../instance/node.ts'
import { addPlayer } from './players.ts'
import {
  BaseRemoteEvent,
  deliverEvent,
  droppedEventsOf,
  RemoteEvent,
  UnreliableRemoteEvent,
} from './remote-event.ts'

function setUpClient() {
  const place = createTestPlace()
  const peer = createFakePeer()
  new UnreliableRemoteEvent({ name: 'Steer', parent: place.workspace })
  const { replica } = place.join('Ana', { peer })
  const remote = replica.workspace.findFirstChild('Steer', UnreliableRemoteEvent)
  if (remote === null) throw new Error('the remote is there')
  replica.game.drain()
  const heard: unknown[] = []
  const listen = () => remote.onClientEvent.connect((value) => heard.push(value))
  return { ...replica, peer, remote, heard, listen }
}

describe('an UnreliableRemoteEvent', () => {
  it('PC24 is fired and heard as a RemoteEvent is, and is none: both are BaseRemoteEvents', () => {
    const peer = createFakePeer()
    const { game, workspace } = createTree('server', { peer })
    const remote = new UnreliableRemoteEvent({ name: 'Steer', parent: workspace })
    const ana = addPlayer(game, { userId: 'ana', name: 'Ana' })
    const heard: unknown[] = []
    remote.onServerEvent.connect((player, ...args) => heard.push(player.name, ...args))
    remote.fireClient(ana, 1)
    remote.fireAllClients(2)
    deliverEvent(remote, [ana, 'left'])
    expect(heard).toEqual([])
    game.drain()
    expect(heard).toEqual(['Ana', 'left'])
    expect(peer.calls).toEqual([
      ['fireClients', 'Steer', ['Ana'], 1],
      ['fireClients', 'Steer', 'all', 2],
    ])
    expect(() => remote.fireServer()).toThrow(expect.objectContaining({ code: 'wrongSide' }))
    expect([remote.isA('BaseRemoteEvent'), remote.isA(RemoteEvent), remote.isA(BaseRemoteEvent)]).toEqual([
      true,
      false,
      true,
    ])
    expect(new RemoteEvent().isA(BaseRemoteEvent)).toBe(true)
    expect(() => new BaseRemoteEvent()).toThrow(expect.objectContaining({ code: 'abstractClass' }))
    const client = setUpClient()
    client.remote.fireServer(3)
    expect(client.peer.calls).toEqual([['fireServer', 'Steer', 3]])
  })

  it('PC25 keeps nothing for a listener to come', () => {
    const { game, remote, heard, listen } = setUpClient()
    deliverEvent(remote, ['too early'])
    const first = listen()
    deliverEvent(remote, [1])
    game.drain()
    deliverEvent(remote, ['unheard'])
    first.disconnect()
    listen()
    deliverEvent(remote, [2])
    game.drain()
    expect(heard).toEqual([1, 2])
    expect(droppedEventsOf(remote)).toBe(2)
  })

  it('PC25 nor tells anyone after its end', () => {
    const { game, remote, heard, listen } = setUpClient()
    listen()
    markDestroyed([nodeOf(remote)])
    deliverEvent(remote, ['late'])
    game.drain()
    expect(heard).toEqual([])
    expect(droppedEventsOf(remote)).toBe(1)
  })
})
