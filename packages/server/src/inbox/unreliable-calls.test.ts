import { Folder, type Player, UnreliableRemoteEvent } from '@banyan/datamodel'
import { encodeDatagramUp } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace, type TestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

function listen({ place }: TestPlace) {
  const heard: unknown[] = []
  const hear = (player: Player, payload: unknown) => heard.push([player.name, payload])
  place.remote(remotes.steer).onServerEvent.connect(hear)
  place.remote(remotes.seldom).onServerEvent.connect(hear)
  return heard
}

const dropsOf = ({ place }: TestPlace) => {
  const [player] = place.players.getPlayers()
  return Object.fromEntries(player === undefined ? [] : place.dropsOf(player))
}

test('UN1 a handler gets the player and the output of the schema, when the message arrives', async () => {
  const scene = createTestPlace({ definition })
  const heard = listen(scene)
  const ana = await scene.join()
  ana.fireDatagram(1, 'steer', 21)
  await scene.settle()
  expect(heard).toEqual([['Ana', '42']])
})

test('UN2 of each remote the newest wins: none is heard twice, nor an older one after it; those are counted', async () => {
  const scene = createTestPlace({ definition })
  const heard = listen(scene)
  const ana = await scene.join()
  for (const seq of [2, 1, 2, 5, 3]) ana.fireDatagram(seq, 'steer', seq)
  ana.fireDatagram(4, 'seldom', 4)
  await scene.settle()
  expect(heard).toEqual([
    ['Ana', '4'],
    ['Ana', '10'],
    ['Ana', 4],
  ])
  expect(dropsOf(scene)).toEqual({ steer: { invalid: 0, throttled: 0, late: 3 } })
  expect(scene.place.stats).toMatchObject({ late: 3, invalid: 0, closedForInput: 0 })
  expect(ana.closed).toBeNull()
})

test('RM20 in development a late call is counted, and no line in the log: lines reorder', async () => {
  const scene = createTestPlace({ definition, isDevelopment: true })
  const ana = await scene.join()
  for (const seq of [2, 1]) ana.fireDatagram(seq, 'steer', seq)
  await scene.settle()
  expect(scene.place.stats).toMatchObject({ late: 1 })
  expect(scene.log.lines).toEqual([])
})

test('UN2 another connection counts anew, and the player stays', async () => {
  const scene = createTestPlace({ definition })
  const heard = listen(scene)
  const ana = await scene.join()
  ana.fireDatagram(9, 'steer', 9)
  await scene.settle()
  ana.drop()
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await scene.settle()
  ana.fireDatagram(1, 'steer', 1)
  await scene.settle()
  expect(ana.welcome.status).toBe('resumed')
  expect(heard).toEqual([
    ['Ana', '18'],
    ['Ana', '2'],
  ])
})

test('UN3 rate, schema, NaN and visibility are as for reliable calls', async () => {
  const scene = createTestPlace({ definition })
  const heard = listen(scene)
  const hidden = new UnreliableRemoteEvent({
    name: 'Hidden',
    parent: scene.place.game.getService('ServerStorage'),
  })
  hidden.onServerEvent.connect((_player, payload) => heard.push(payload))
  const ana = await scene.join()
  ana.fireDatagram(1, 'steer', 'left')
  ana.fireDatagram(2, 'steer', Number.NaN)
  ana.fireDatagram(3, 'steer')
  ana.fireDatagram(4, 'steer', 1, 2)
  for (const seq of [5, 6, 7, 8]) ana.fireDatagram(seq, 'seldom', seq)
  ana.fireDatagram(9, hidden.id, 1)
  ana.fireDatagram(10, 1_000_000, 1)
  ana.fireDatagram(11, 'act', 1)
  ana.fire('steer', 1)
  await scene.settle()
  expect(heard).toEqual([
    ['Ana', 5],
    ['Ana', 6],
  ])
  expect(dropsOf(scene)).toEqual({
    steer: { invalid: 5, throttled: 0, late: 0 },
    seldom: { invalid: 0, throttled: 2, late: 0 },
    act: { invalid: 1, throttled: 0, late: 0 },
    '(unknown)': { invalid: 2, throttled: 0, late: 0 },
  })
  expect(ana.closed).toBeNull()
})

test('UN3 who goes on above the rate is told of with each message', async () => {
  const scene = createTestPlace({ definition })
  const told: string[] = []
  scene.place.onThrottled.connect((player, name) => told.push(`${player.name} ${name}`))
  const ana = await scene.join()
  for (const seq of [1, 2, 3, 4]) ana.fireDatagram(seq, 'seldom', seq)
  await scene.settle()
  expect(told).toEqual(['Ana seldom', 'Ana seldom'])
})

test('UN4 arguments above 1,000 bytes are invalid, whatever the sender believes', async () => {
  const scene = createTestPlace({ definition })
  const heard = listen(scene)
  const ana = await scene.join()
  ana.fireDatagram(1, 'seldom', 'x'.repeat(1000))
  ana.fireDatagram(2, 'seldom', 'x'.repeat(990))
  await scene.settle()
  expect(heard).toHaveLength(1)
  expect(dropsOf(scene)).toEqual({ seldom: { invalid: 1, throttled: 0, late: 0 } })
})

test('UN5 a frame of bad bytes, bad arguments, or one for a remote that goes to clients closes its session as malformed', async () => {
  const scene = createTestPlace({ definition })
  const prototype = Uint8Array.of(1, 0x31, 9, ...Buffer.from('__proto__'), 0)
  const frames: ((ana: { remoteId(name: string): number }) => Uint8Array)[] = [
    () => Uint8Array.of(0x06, 1),
    () => Uint8Array.of(0x85, 1, 5, 0, 1, 0),
    (ana) =>
      encodeDatagramUp({ seq: 1, remote: ana.remoteId('steer'), args: { bytes: prototype, instances: [] } }),
    (ana) =>
      encodeDatagramUp({
        seq: 1,
        remote: ana.remoteId('moved'),
        args: { bytes: Uint8Array.of(1, 0), instances: [] },
      }),
  ]
  const ben = await scene.join({ name: 'Ben' })
  for (const make of frames) {
    const ana = await scene.join()
    ana.send(make(ana))
    await scene.settle()
    expect(ana.closed?.code).toBe('malformed')
    scene.clock.advance(10_000)
  }
  expect(scene.place.stats.closedForInput).toBe(frames.length)
  expect(ben.closed).toBeNull()
})

test('UN6 a remote made at run time carries any arguments; instances arrive as those that the sender sees', async () => {
  const scene = createTestPlace({ definition })
  const { game } = scene.place
  const loose = new UnreliableRemoteEvent({ name: 'Loose', parent: game.getService('ReplicatedStorage') })
  const secret = new Folder({ name: 'Secret', parent: game.getService('ServerStorage') })
  const heard: unknown[] = []
  loose.onServerEvent.connect((_player, ...args) => heard.push(...args))
  const ana = await scene.join()
  ana.fireDatagram(1, 'Loose', [loose, secret], 'two')
  await scene.settle()
  expect(heard).toEqual([[loose, null], 'two'])
})

test('UN7 what nobody listens to is kept for nobody', async () => {
  const scene = createTestPlace({ definition })
  const ana = await scene.join()
  ana.fireDatagram(1, 'steer', 1)
  await scene.settle()
  const heard = listen(scene)
  await scene.tick()
  expect(heard).toEqual([])
})
