import { describe, expect, it } from 'vitest'
import { createFakePeer } from '../../fixtures/fake-peer.ts'
import { createTestPlace, createTree, namesOf } from '../../fixtures/place.ts'
import { applySnapshot } from '../replica/apply-snapshot.ts'
import { view } from '../tree/view.ts'
import type { Player } from './player.ts'
import { addPlayer, removePlayer } from './players.ts'
import { Folder } from './world.ts'

function setUp() {
  const tree = createTree('server', { peer: createFakePeer() })
  const players = tree.game.getService('Players')
  const join = (name: string): Player => addPlayer(tree.game, { userId: `user-${name}`, name })
  return { ...tree, players, join }
}

describe('on the server', () => {
  it('PC17 a player joins whole: with PlayerGui and Backpack, then playerAdded', () => {
    const { game, players, join } = setUp()
    const heard: unknown[] = []
    players.childAdded.connect((child) => heard.push(`child ${child.name}`))
    players.playerAdded.connect((player) => {
      heard.push(`player ${player.name}`, player.userId, player.connected, namesOf(player.getChildren()))
    })
    const ana = join('Ana')
    expect(heard).toEqual([])
    game.drain()
    expect(heard).toEqual(['child Ana', 'player Ana', 'user-Ana', true, ['PlayerGui', 'Backpack']])
    expect([ana.playerGui?.className, ana.backpack?.className]).toEqual(['PlayerGui', 'Backpack'])
    expect(ana).toMatchObject({ team: null, className: 'Player', parent: players })
  })

  it('PC18 players are listed in the order of joining, and found by their user id', () => {
    const { game, players, join } = setUp()
    const [ana, bo] = [join('Ana'), join('Bo')]
    new Folder({ parent: players })
    expect(players.getPlayers()).toEqual([ana, bo])
    expect(players.getPlayerByUserId('user-Bo')).toBe(bo)
    expect(players.getPlayerByUserId('nobody')).toBeNull()
    removePlayer(game, ana, 'left')
    expect(players.getPlayers()).toEqual([bo])
    expect(players.localPlayer).toBeNull()
    expect(players.maxPlayers).toBe(50)
  })

  it('PC19 playerRemoving runs, with its reason, while the player is still whole', () => {
    const { game, players, join } = setUp()
    const ana = join('Ana')
    new Folder({ name: 'leaderstats', parent: ana })
    const heard: unknown[] = []
    players.playerRemoving.connect((player, reason) => {
      heard.push(player.name, reason, namesOf(player.getChildren()), player.parent?.name)
    })
    removePlayer(game, ana, 'kicked')
    expect(heard).toEqual(['Ana', 'kicked', ['PlayerGui', 'Backpack', 'leaderstats'], 'Players'])
    expect([ana.isDestroyed, players.getPlayers()]).toEqual([true, []])
  })

  it('PC19 playerRemoving runs before the end also when a handler removes the player', () => {
    const { game, players, workspace, join } = setUp()
    const ana = join('Ana')
    game.drain()
    const heard: unknown[] = []
    players.playerRemoving.connect((player) => heard.push(player.isDestroyed, player.backpack?.name))
    workspace.changed.connect(() => {
      removePlayer(game, ana, 'kicked')
      heard.push('requested')
    })
    workspace.name = 'World'
    game.drain()
    expect(heard).toEqual(['requested', false, 'Backpack'])
    expect(ana.isDestroyed).toBe(true)
  })

  it('PC19 without a listener the player just goes', () => {
    const { game, workspace, join } = setUp()
    const ana = join('Ana')
    game.drain()
    workspace.changed.connect(() => removePlayer(game, ana, 'left'))
    workspace.name = 'World'
    game.drain()
    expect(ana.isDestroyed).toBe(true)
  })

  it('PC20 kick goes to the peer, with its reason', () => {
    const peer = createFakePeer()
    const { game } = createTree('server', { peer })
    const ana = addPlayer(game, { userId: 'a', name: 'Ana' })
    ana.kick('Too fast.')
    ana.kick()
    expect(peer.calls).toEqual([
      ['kick', 'Ana', 'Too fast.'],
      ['kick', 'Ana', 'You were removed from this place.'],
    ])
    ana.destroy()
    expect(() => ana.kick()).toThrow('cannot kick "Ana": it is destroyed. Use a living instance.')
  })

  it('PC17 a bad name or user id is refused, and nobody joins', () => {
    const { game, players } = setUp()
    expect(() => addPlayer(game, { userId: 'x', name: 'x'.repeat(101) })).toThrow(
      expect.objectContaining({ code: 'invalidName' }),
    )
    expect(players.getChildren()).toEqual([])
  })
})

describe('on a client', () => {
  it('PC21 playerAdded and playerRemoving run as players come to the replica and go', () => {
    const place = createTestPlace()
    const { replica } = place.join('Ana')
    const players = replica.game.getService('Players')
    const heard: unknown[] = []
    players.playerAdded.connect((player) =>
      heard.push('added', player.name, player.userId, player.parent?.name),
    )
    players.playerRemoving.connect((player, reason) =>
      heard.push('removing', player.name, reason, player.isDestroyed),
    )
    const bo = addPlayer(place.game, { userId: 'user-Bo', name: 'Bo' })
    place.commit()
    replica.game.drain()
    expect(heard.splice(0)).toEqual(['added', 'Bo', 'user-Bo', 'Players'])
    bo.connected = false
    place.commit()
    removePlayer(place.game, bo, 'timedOut')
    place.commit()
    expect(heard).toEqual([])
    replica.game.drain()
    expect(heard.splice(0)).toEqual(['removing', 'Bo', null, true])
  })

  it('PC21 the first snapshot tells of those who are there already', () => {
    const place = createTestPlace()
    place.join('Ana')
    const { game } = createTree('client')
    const heard: string[] = []
    game.getService('Players').playerAdded.connect((player) => heard.push(player.name))
    const { snapshot } = place.game
    applySnapshot(game, { ...snapshot, operations: view(snapshot, null), tree: 'same' })
    game.drain()
    expect(heard).toEqual(['Ana'])
  })

  it('PC21 a snapshot tells of those who came and went meanwhile, and of nobody else', () => {
    const place = createTestPlace()
    const { player, replica } = place.join('Ana')
    const bo = addPlayer(place.game, { userId: 'user-Bo', name: 'Bo' })
    place.commit()
    replica.game.drain()
    const players = replica.game.getService('Players')
    const heard: string[] = []
    players.playerAdded.connect(({ name }) => heard.push(`+${name}`))
    players.playerRemoving.connect(({ name }) => heard.push(`-${name}`))
    removePlayer(place.game, bo, 'left')
    addPlayer(place.game, { userId: 'user-Cy', name: 'Cy' })
    place.game.commit({ tick: 1 })
    place.resync(player)
    replica.game.drain()
    expect(heard.sort()).toEqual(['+Cy', '-Bo'])
  })

  it('PC22 localPlayer is the one of this client, as soon as it is there', () => {
    const place = createTestPlace()
    const ana = place.join('Ana')
    const bo = place.join('Bo')
    const local = ({ replica }: typeof ana) => replica.game.getService('Players').localPlayer
    expect([local(ana)?.name, local(bo)?.name]).toEqual(['Ana', 'Bo'])
    expect(local(ana)?.backpack).not.toBeNull()
    const other = ana.replica.game.getService('Players').getPlayerByUserId('user-Bo')
    expect([other?.backpack, other?.playerGui]).toEqual([null, null])
    removePlayer(place.game, ana.player, 'left')
    place.commit()
    expect(local(ana)).toBeNull()
    expect(createTree('client').game.getService('Players').localPlayer).toBeNull()
  })

  it('PC20 a client may kick its own player only', () => {
    const place = createTestPlace()
    const peer = createFakePeer()
    place.join('Ana')
    const { replica } = place.join('Bo', { peer })
    const [ana, bo] = replica.game.getService('Players').getPlayers()
    expect(() => ana?.kick()).toThrow(
      'cannot kick "Ana": a client may kick its own player only. Ask the server by a remote.',
    )
    bo?.kick('Enough.')
    expect(peer.calls).toEqual([['kick', 'Bo', 'Enough.']])
  })
})
