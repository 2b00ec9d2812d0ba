import { Folder, UnreliableRemoteEvent } from '@banyan/datamodel'
import {
  type Channel,
  type DatagramLane,
  decodeDown,
  encodePing,
  isUnreliableFrame,
  protocolVersion,
} from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace, type TestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

function createScene(isDevelopment = false) {
  const scene = createTestPlace({ definition, isDevelopment })
  const moved = scene.place.remote(remotes.moved)
  const players = () => scene.place.players.getPlayers()
  return { ...scene, moved, players }
}

/** Someone whose channel holds as much unread as the test says. */
function createReader({ place }: Pick<TestPlace, 'place'>, guestKey = 'k', datagrams?: DatagramLane) {
  const sent: Uint8Array[] = []
  const unread = { bytes: 0 }
  const channel: Channel = {
    send: (frame) => void sent.push(frame),
    close: () => {},
    get bufferedBytes() {
      return unread.bytes
    },
    ...(datagrams === undefined ? {} : { datagrams }),
  }
  const hello = {
    definitionHash: definition.hash,
    place: 'main',
    guestKey,
    name: 'Slow',
    turn: 0,
    credentials: null,
  }
  const handlers = place.accept(channel, { protocolVersion, ...hello, resume: null })
  return { handlers, unread, sent, datagrams: () => sent.filter(isUnreliableFrame) }
}

test('UN8 fires reach one, several or all, in frames of their own, behind the writes of their tick', async () => {
  const { join, moved, place, players, settle, tick } = createScene()
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  await tick()
  const [first] = players()
  ana.frames.length = 0
  place.game.getService('Workspace').setAttribute('round', 1)
  if (first !== undefined) moved.fireClient(first, 'one')
  moved.fireClients(players(), 'some')
  moved.fireAllClients('all')
  place.step()
  await settle()
  expect([ana.datagrams('moved'), ben.datagrams('moved')]).toEqual([
    [['one'], ['some'], ['all']],
    [['some'], ['all']],
  ])
  expect(ana.frames.map(isUnreliableFrame)).toEqual([false, true, true, true])
  expect(ana.eventSeq).toBe(0)
})

test('UN8 what is fired outside of a tick leaves when its task ends', async () => {
  const { join, moved, place, settle } = createScene()
  place.remote(remotes.act).onServerEvent.connect((_player, value) => moved.fireAllClients(value))
  const ana = await join()
  ana.fire('act', 'now')
  await settle()
  expect(ana.datagrams('moved')).toEqual([['now']])
})

test('UN9 who sees the same gets the same bytes, encoded once', async () => {
  const { moved, place, tick } = createScene()
  const readers = [createReader({ place }), createReader({ place }, 'k2')]
  moved.fireAllClients('x')
  moved.fireAllClients([place.game.getService('Workspace')])
  await tick()
  const [first, second] = readers.map((reader) => reader.datagrams())
  expect([first?.length, second?.length]).toEqual([2, 2])
  expect([first?.[0] === second?.[0], first?.[1] === second?.[1]]).toEqual([true, true])
})

test('UN10 nothing is fired to who is away, and nothing of it comes after a resume or a rejoin', async () => {
  const { join, moved, place, settle, tick } = createScene()
  const ana = await join()
  moved.fireAllClients('lost with the line')
  ana.drop()
  await settle()
  moved.fireAllClients('away')
  await tick()
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await tick()
  expect(ana.welcome.status).toBe('resumed')
  expect(ana.datagrams('moved')).toEqual([])
  moved.fireAllClients('here')
  await tick()
  expect(ana.datagrams('moved')).toEqual([['here']])
  expect(place.stats.connected).toBe(1)
})

test('UN11 a slow reader hears none while it has 16 KiB unread, and the server keeps nothing for it', async () => {
  const { moved, place, tick } = createScene()
  const reader = createReader({ place })
  reader.handlers.onFrame(encodePing({ clientMs: 1 }))
  reader.unread.bytes = 16 * 1024
  for (let round = 0; round < 1000; round += 1) moved.fireAllClients('x'.repeat(900))
  await tick()
  expect(reader.datagrams()).toEqual([])
  reader.unread.bytes = 0
  await tick()
  expect(reader.datagrams()).toEqual([])
  moved.fireAllClients('again')
  await tick()
  expect(reader.datagrams()).toHaveLength(1)
  const last = decodeDown(definition, reader.sent.at(-1) ?? new Uint8Array())
  expect(last.ok && last.value.kind).toBe('datagram')
})

test('UN11 nor does one task send more than 16 KiB to anyone', async () => {
  const { moved, place, tick } = createScene()
  const reader = createReader({ place })
  for (let fire = 0; fire < 10_000; fire += 1) moved.fireAllClients('x'.repeat(900))
  await tick()
  expect(reader.datagrams().length).toBeGreaterThan(10)
  expect(reader.datagrams().length).toBeLessThan(20)
})

test('UN15 TR16 a channel with a way for datagrams gets them there, however much it has unread', async () => {
  const { moved, place, tick } = createScene()
  const lane: DatagramLane & { bufferedBytes: number; readonly sent: Uint8Array[] } = {
    sent: [],
    bufferedBytes: 0,
    send: (frame) => void lane.sent.push(frame),
  }
  const reader = createReader({ place }, 'k', lane)
  reader.unread.bytes = 1_000_000
  moved.fireAllClients('x')
  await tick()
  lane.bufferedBytes = 16 * 1024
  moved.fireAllClients('y')
  await tick()
  expect([reader.datagrams(), lane.sent.length, lane.sent.every(isUnreliableFrame)]).toEqual([[], 1, true])
})

test('UN12 arguments above 1,000 bytes go to nobody, with a warning in development', async () => {
  const { join, log, moved, tick } = createScene(true)
  const ana = await join()
  moved.fireAllClients('x'.repeat(1001))
  moved.fireAllClients('x'.repeat(1002))
  await tick()
  expect(ana.datagrams('moved')).toEqual([])
  expect(log.lines.filter((line) => line.includes('moved'))).toEqual([
    'place "test": "moved" was fired with 1005 bytes, and an unreliable remote carries 1000: it is dropped. Send less, or make the remote reliable.',
  ])
})

test('UN12 without development there is no warning', async () => {
  const { join, log, moved, tick } = createScene()
  await join()
  moved.fireAllClients('x'.repeat(1001))
  await tick()
  expect(log.lines).toEqual([])
})

test('UN13 no one hears of a remote or an instance that they do not see', async () => {
  const { join, log, moved, place, tick } = createScene(true)
  const storage = place.game.getService('ServerStorage')
  const hidden = new UnreliableRemoteEvent({ name: 'Hidden', parent: storage })
  const secret = new Folder({ name: 'Secret', parent: storage })
  const box = new Folder({ name: 'Box', parent: place.game.getService('Workspace') })
  const ana = await join()
  hidden.fireAllClients('psst')
  moved.fireAllClients([secret, box])
  await tick()
  const datagrams = ana.messages.filter((message) => message.kind === 'datagram')
  expect(datagrams.map(({ args }) => args.instances)).toEqual([[0, box.id]])
  expect(log.lines).toEqual([expect.stringContaining('"ServerStorage.Secret" was sent to Ana')])
})

test('UN14 firing against the contract throws, as for reliable remotes', async () => {
  const { place } = createScene()
  const steer = place.remote(remotes.steer).instance
  expect(steer).toBeInstanceOf(UnreliableRemoteEvent)
  expect(() => steer.fireAllClients(1)).toThrow(expect.objectContaining({ code: 'wrongDirection' }))
  const loose = new UnreliableRemoteEvent({ name: 'Loose', parent: place.game.getService('Workspace') })
  expect(() => loose.fireAllClients(() => {})).toThrow(expect.objectContaining({ code: 'invalidArgument' }))
})
