import { describe, expect, it } from 'vitest'
import { createFakePeer } from '../../fixtures/fake-peer.ts'
import { createTestPlace, createTree } from '../../fixtures/place.ts'
import { markDestroyed } from '../instance/lifecycle.ts'
import { nodeOf } from '../instance/node.ts'
import { addPlayer } from './players.ts'
import { deliverEvent, droppedEventsOf, RemoteEvent } from './remote-event.ts'

const wrongSide = expect.objectContaining({ code: 'wrongSide' })

function setUpServer() {
  const peer = createFakePeer()
  const tree = createTree('server', { peer })
  const remote = new RemoteEvent({ name: 'Vote', parent: tree.workspace })
  const [ana, bo] = ['Ana', 'Bo'].map((name) => addPlayer(tree.game, { userId: name, name }))
  if (ana === undefined || bo === undefined) throw new Error('two players are there')
  return { ...tree, peer, remote, ana, bo }
}

function setUpClient() {
  const place = createTestPlace()
  const peer = createFakePeer()
  new RemoteEvent({ name: 'Vote', parent: place.workspace })
  const { replica } = place.join('Ana', { peer })
  const remote = replica.workspace.findFirstChild('Vote', RemoteEvent)
  if (remote === null) throw new Error('the remote is there')
  replica.game.drain()
  const heard: unknown[][] = []
  const listen = (mark: unknown = '') =>
    remote.onClientEvent.connect((...args) => heard.push([mark, ...args]))
  const deliver = (...args: unknown[]): void => deliverEvent(remote, args)
  return { ...replica, peer, remote, heard, listen, deliver }
}

describe('firing a RemoteEvent', () => {
  it('PC5 goes from a client to the server, and from the server to one, several or all', () => {
    const client = setUpClient()
    client.remote.fireServer('apple', 3)
    expect(client.peer.calls).toEqual([['fireServer', 'Vote', 'apple', 3]])
    const { remote, peer, ana, bo } = setUpServer()
    remote.fireClient(ana, 1)
    remote.fireClients([ana, bo], 2)
    remote.fireAllClients(3)
    expect(peer.calls).toEqual([
      ['fireClients', 'Vote', ['Ana'], 1],
      ['fireClients', 'Vote', ['Ana', 'Bo'], 2],
      ['fireClients', 'Vote', 'all', 3],
    ])
  })

  it('PC6 on the wrong side throws', () => {
    const { remote, peer, ana } = setUpServer()
    expect(() => remote.fireServer()).toThrow(
      'cannot fireServer "Vote" on the server: only the client does that. On the server, fire a BindableEvent, or fireClient.',
    )
    expect(() => remote.onClientEvent).toThrow(
      'cannot listen to onClientEvent of "Vote" on the server: it fires on the client. Listen to the other one.',
    )
    const client = setUpClient()
    expect(() => client.remote.fireAllClients()).toThrow(wrongSide)
    expect(() => client.remote.fireClient(ana)).toThrow(
      'cannot fireClient "Vote" on the client: only the server does that. A client fires fireServer and lets the server relay.',
    )
    expect(() => client.remote.onServerEvent).toThrow(wrongSide)
    expect([...peer.calls, ...client.peer.calls]).toEqual([])
  })

  it('PC6 outside of a place, when destroyed, or made by the client alone, throws', () => {
    const noPeer = expect.objectContaining({ code: 'noPeer' })
    const { workspace, remote } = setUpServer()
    expect(() => new RemoteEvent().fireServer()).toThrow(
      'cannot fireServer "RemoteEvent": it is not in a place that is connected to anything. Parent it into a place\'s tree first.',
    )
    const alone = new RemoteEvent({ parent: createTree('server').workspace })
    expect(() => alone.fireAllClients()).toThrow(noPeer)
    remote.parent = null
    expect(() => remote.fireAllClients()).toThrow(noPeer)
    remote.parent = workspace
    remote.destroy()
    expect(() => remote.fireAllClients()).toThrow(
      'cannot fireAllClients "Vote": it is destroyed. Use a living instance.',
    )
    const client = setUpClient()
    const own = new RemoteEvent({ name: 'Own', parent: client.workspace })
    expect(() => own.fireServer()).toThrow(
      'cannot fireServer "Own": this client made it, so the server does not know it. Make it on the server and wait for it here.',
    )
  })

  it('PC6 to a player of another place throws, and reaches nobody', () => {
    const { remote, peer, ana } = setUpServer()
    const stranger = addPlayer(createTree('server').game, { userId: 'x', name: 'Eve' })
    expect(() => remote.fireClients([ana, stranger], 1)).toThrow(
      'cannot fireClient "Vote" to "Eve": they are in another place. Choose from this place\'s getPlayers().',
    )
    expect(peer.calls).toEqual([])
  })
})

describe('hearing a RemoteEvent', () => {
  it('PC7 runs handlers at the next drain, on the server with the player first', () => {
    const { game, remote, ana } = setUpServer()
    const heard: unknown[] = []
    remote.onServerEvent.connect((player, ...args) => heard.push(player.name, ...args))
    deliverEvent(remote, [ana, 'apple'])
    expect(heard).toEqual([])
    game.drain()
    expect(heard).toEqual(['Ana', 'apple'])
  })

  it('PC8 keeps events for the first listener, in order', () => {
    const { game, heard, listen, deliver } = setUpClient()
    deliver(1)
    deliver(2)
    game.drain()
    listen()
    deliver(3)
    expect(heard).toEqual([])
    game.drain()
    expect(heard.flat()).toEqual(['', 1, '', 2, '', 3])
  })

  it('PC8 gives what waited to the first listener alone', () => {
    const { game, heard, listen, deliver } = setUpClient()
    deliver(1)
    listen('a')
    listen('b')
    deliver(2)
    game.drain()
    expect(heard).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 2],
    ])
  })

  it('PC9 keeps 256 of them; then the oldest are dropped, with one warning', () => {
    const { game, remote, heard, warnings, listen, deliver } = setUpClient()
    for (let event = 1; event <= 256; event += 1) deliver(event)
    expect(warnings).toEqual([])
    deliver(257)
    deliver(258)
    expect(droppedEventsOf(remote)).toBe(2)
    expect(warnings).toEqual([
      '"Workspace.Vote" has 256 events, or 262144 bytes of them, and no listener: the oldest are dropped. Connect to it before events come, or stop firing it.',
    ])
    listen()
    game.drain()
    expect([heard.length, heard[0], heard.at(-1)]).toEqual([256, ['', 3], ['', 258]])
  })

  it('PC9 keeps 256 KiB of them, so that large ones that nobody listens to fill no memory', () => {
    const { game, remote, heard, warnings, listen } = setUpClient()
    for (let event = 1; event <= 100; event += 1) deliverEvent(remote, [event], 64 * 1024)
    expect([droppedEventsOf(remote), warnings.length]).toEqual([96, 1])
    deliverEvent(remote, ['too large by itself'], 256 * 1024 + 1)
    deliverEvent(remote, ['small'], 1)
    listen()
    game.drain()
    expect(heard).toEqual([['', 'small']])
  })

  it('PC10 drops and counts events once it had a listener and has none', () => {
    const { game, remote, heard, warnings, listen, deliver } = setUpClient()
    listen().disconnect()
    deliver(1)
    deliver(2)
    listen()
    deliver(3)
    game.drain()
    expect(heard).toEqual([['', 3]])
    expect([droppedEventsOf(remote), warnings]).toEqual([2, []])
  })

  it('PC11 gives events back to the queue when the last listener leaves before they ran', () => {
    const { game, remote, heard, listen, deliver } = setUpClient()
    deliver(1)
    const first = listen('first')
    deliver(2)
    first.disconnect()
    deliver(3)
    game.drain()
    expect(heard).toEqual([])
    listen('second')
    game.drain()
    expect(heard).toEqual([
      ['second', 1],
      ['second', 2],
      ['second', 3],
    ])
    expect(droppedEventsOf(remote)).toBe(0)
  })

  it('PC11 but not what another listener heard', () => {
    const { game, heard, listen, deliver } = setUpClient()
    const [first, second] = [listen('first'), listen('second')]
    deliver(1)
    first.disconnect()
    game.drain()
    second.disconnect()
    listen('third')
    game.drain()
    expect(heard).toEqual([['second', 1]])
  })

  it('PC11 keeps 256 of those too', () => {
    const { game, remote, heard, warnings, listen, deliver } = setUpClient()
    const first = listen()
    for (let event = 1; event <= 300; event += 1) deliver(event)
    first.disconnect()
    listen()
    game.drain()
    expect([heard.length, droppedEventsOf(remote), warnings.length]).toEqual([256, 44, 1])
  })

  it('PC8 serves once and wait with one event each', async () => {
    const { game, remote, heard, deliver } = setUpClient()
    for (const event of [1, 2, 3]) deliver(event)
    remote.onClientEvent.once((event) => heard.push([event]))
    game.drain()
    const waited = remote.onClientEvent.wait()
    game.drain()
    expect(await waited).toEqual([2])
    expect(heard).toEqual([[1]])
    const last = remote.onClientEvent.wait()
    game.drain()
    expect(await last).toEqual([3])
  })

  it('PC12 ends with the remote: connections are cut, who waits is rejected, later events are counted', async () => {
    const { game, workspace, remote } = setUpServer()
    const heard: unknown[] = []
    const connection = remote.onServerEvent.connect((_player, value) => heard.push(value))
    deliverEvent(remote, [null, 1])
    const second = new RemoteEvent({ parent: workspace })
    const waiting = second.onServerEvent.wait()
    remote.destroy()
    second.destroy()
    await expect(waiting).rejects.toMatchObject({ code: 'signalClosed' })
    expect(connection.connected).toBe(false)
    deliverEvent(remote, [null, 2])
    game.drain()
    expect(heard).toEqual([1])
    expect(droppedEventsOf(remote)).toBe(1)
  })

  it('PC12 on a client, who listened until the end hears what was fired before it and arrives after', () => {
    const { game, remote, heard, listen, deliver } = setUpClient()
    const left = listen('left before')
    listen('stayed')
    const late = listen('left after')
    left.disconnect()
    markDestroyed([nodeOf(remote)])
    late.disconnect()
    deliver('the last words')
    listen('came after')
    game.drain()
    expect(heard).toEqual([['stayed', 'the last words']])
  })

  it('PC7 reports a failing handler by the name of the remote, and runs the others', () => {
    const { game, reports, remote, heard, listen, deliver } = setUpClient()
    remote.onClientEvent.connect(() => {
      throw new Error('broken')
    })
    listen()
    deliver(1)
    game.drain()
    expect(heard).toEqual([['', 1]])
    expect(reports).toEqual([{ error: new Error('broken'), source: 'Vote.event' }])
  })
})
