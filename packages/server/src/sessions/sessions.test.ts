import { Folder } from '@banyan/datamodel'
import { encodeCalls } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

test('SE2 a lost connection keeps the Player, away, until the grace period ends', async () => {
  const { place, clock, join, newClient, settle, tick } = createTestPlace({ definition })
  const left: string[] = []
  place.players.playerRemoving.connect((player, reason) => left.push(`${player.name} ${reason}`))
  const ana = await join()
  const [player] = place.players.getPlayers()
  ana.drop()
  await tick()
  expect([player?.connected, player?.isDestroyed]).toEqual([false, false])
  clock.advance(29_000)
  await settle()
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await settle()
  expect([player?.connected, ana.welcome.status]).toEqual([true, 'resumed'])
  clock.advance(60_000)
  await settle()
  expect(left).toEqual([])
  ana.drop()
  await settle()
  clock.advance(30_000)
  await settle()
  expect(left).toEqual(['Ana timedOut'])
  expect(player?.isDestroyed).toBe(true)
  const late = newClient().connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await settle()
  expect(late.welcome.status).toBe('new')
  expect(late.welcome.playerId).not.toBe(ana.welcome.playerId)
})

test('SE5 the newest connection of a user wins, the older closes as takenOver', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const first = await join()
  const second = await join()
  expect(first.closed?.code).toBe('takenOver')
  expect(first.hasClosed).toBe(true)
  expect(second.welcome.playerId).toBe(first.welcome.playerId)
  expect(place.players.getPlayers().map(({ connected }) => connected)).toEqual([true])
  const before = second.frames.length
  first.ping(1)
  await settle()
  expect([first.frames.length, second.frames.length]).toEqual([3, before])
})

test('SE23 a hello that was overtaken changes nothing, whoever is connected', async () => {
  const { place, join, newClient, settle } = createTestPlace({ definition })
  const ana = await join({ turn: 5 })
  const stale = newClient().connect({ guestKey: 'Ana-key', turn: 4, resume: { token: ana.welcome.token } })
  await settle()
  expect([stale.wasWelcomed, stale.closed?.code, stale.hasClosed]).toEqual([false, 'takenOver', true])
  expect([ana.closed, place.stats.connected]).toEqual([null, 1])
  const resume = ana.resume()
  ana.drop()
  await settle()
  const late = newClient().connect({ guestKey: 'Ana-key', turn: 4, resume })
  await settle()
  expect([late.wasWelcomed, late.closed?.code, place.stats.connected]).toEqual([false, 'takenOver', 0])
  ana.connect({ guestKey: 'Ana-key', turn: 6, resume })
  await settle()
  expect([ana.welcome.status, place.stats.connected]).toEqual(['resumed', 1])
})

test('SE29 between browsers of one user, the hello that arrives last is the newest', async () => {
  const { place, join, settle } = createTestPlace({
    definition,
    authenticate: () => ({ userId: 'u1', name: 'Ana' }),
  })
  const laptop = await join({ guestKey: 'laptop', turn: 900 })
  const phone = await join({ guestKey: 'phone', turn: 3 })
  expect([laptop.closed?.code, phone.closed, place.stats.players]).toEqual(['takenOver', null, 1])
  await join({ guestKey: 'laptop', turn: 901 })
  await settle()
  expect(phone.closed?.code).toBe('takenOver')
})

test('SE6 a resumed client gets the deliveries that it lacks, none twice, and what changed meanwhile', async () => {
  const { place, join, settle, tick } = createTestPlace({ definition })
  const note = place.remote(remotes.note)
  const ana = await join()
  note.fireAllClients(1)
  await tick()
  ana.ack()
  note.fireAllClients(2)
  await tick()
  const resume = ana.resume()
  ana.drop()
  await settle()
  note.fireAllClients(3)
  new Folder({ name: 'Meanwhile', parent: place.game.getService('Workspace') })
  await tick()
  note.fireAllClients(4)
  ana.connect({ guestKey: 'Ana-key', resume })
  await tick()
  expect(ana.welcome).toMatchObject({ status: 'resumed', eventSeq: 3 })
  expect(ana.events('note')).toEqual([[1], [2], [3], [4]])
  expect(ana.replica.getService('Workspace').findFirstChild('Meanwhile')).not.toBeNull()
})

test('SE6 deliveries that were lost on the way are sent again', async () => {
  const { place, join, settle, tick } = createTestPlace({ definition })
  const ana = await join()
  const before = ana.resume()
  place.remote(remotes.note).fireAllClients('sent')
  await tick()
  ana.drop()
  await settle()
  ana.connect({ guestKey: 'Ana-key', resume: before })
  await tick()
  expect(ana.events('note')).toEqual([['sent'], ['sent']])
})

test('SE8 calls are handled once however often they come, and a gap closes the session', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const heard: unknown[] = []
  place.remote(remotes.act).onServerEvent.connect((_player, payload) => heard.push(payload))
  const ana = await join()
  const frame = (seq: number, payload: unknown) =>
    encodeCalls({
      seq,
      ack: { seq: 0, eventSeq: 0 },
      calls: [{ kind: 'event', remote: ana.remoteId('act'), args: ana.encode([payload]) }],
    })
  for (const [seq, payload] of [
    [1, 'a'],
    [1, 'a again'],
    [2, 'b'],
    [1, 'a once more'],
  ] as const) {
    ana.send(frame(seq, payload))
  }
  await settle()
  expect(heard).toEqual(['a', 'b'])
  const resume = ana.resume()
  ana.drop()
  await settle()
  ana.connect({ guestKey: 'Ana-key', resume })
  await settle()
  expect(ana.welcome.callSeq).toBe(2)
  ana.send(frame(2, 'b again'))
  ana.send(frame(3, 'c'))
  ana.send(frame(5, 'e'))
  await settle()
  expect(heard).toEqual(['a', 'b', 'c'])
  expect(ana.closed?.code).toBe('malformed')
})

test('SE9 leaving ends the session at once', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const left: string[] = []
  place.players.playerRemoving.connect((player, reason) => left.push(`${player.name} ${reason}`))
  const ana = await join()
  ana.leave()
  await settle()
  expect([left, place.players.getPlayers()]).toEqual([['Ana left'], []])
  expect([ana.closed?.code, ana.hasClosed]).toEqual(['left', true])
})

test('SE16 an acknowledgement of what was never sent closes the session', async () => {
  const { join, settle } = createTestPlace({ definition })
  for (const ack of [{ seq: 1_000_000 }, { eventSeq: 1 }]) {
    const ana = await join()
    ana.ack(ack)
    await settle()
    expect(ana.closed?.code).toBe('malformed')
  }
})
