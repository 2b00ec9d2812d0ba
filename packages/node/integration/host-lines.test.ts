// What goes over a host's lines, and what ends them.
import { type DownMessage, encodePing } from '@banyan/protocol'
import { expect, test } from 'vitest'
import type { Guest } from './guest.ts'
import { expectPong, forgetUngreeted, open, welcome } from './open-host.ts'

test('HO6 frames pass by polling where WebSockets cannot', async () => {
  const host = await open()
  const guest = await welcome(host, { transports: ['polling'] })
  expect(guest.transport).toBe('polling')
  await expectPong(host, guest, 5)
})

test('HO9 a message too large to be read cuts its own line and no other', async () => {
  const host = await open()
  const guest = await welcome(host)
  const giant = await welcome(host, { guestKey: 'giant' })
  giant.send(new Uint8Array(300_000))
  await host.until('the giant’s line is cut', () => !giant.isOpen)
  await expectPong(host, guest, 9)
  expect(guest.isOpen).toBe(true)
  expect(host.takeLogged()).toEqual([expect.stringContaining('Max payload size exceeded')])
})

test('HO13 HO14 a client that stops reading fills no memory and delays nobody; when it reads on, it gets one diff', async () => {
  const host = await open({ clock: 'still' })
  const stalled = await welcome(host, { guestKey: 'stalled' })
  const reader = await welcome(host, { guestKey: 'reader' })
  const place = host.place('main')
  stalled.stall()
  const workspace = place.game.getService('Workspace')
  const names = ['a', 'b', 'c', 'd']
  const rounds = 60
  const before = place.stats.bytesOut
  for (let n = 0; n < rounds; n += 1) {
    for (const name of names) workspace.setAttribute(name, `${n}${'x'.repeat(150_000)}`)
    place.step()
    // The honest one shares this process: it gets the time to read what it was sent.
    const { seq } = place.game.snapshot
    await host.until('the reader has it', () => (reader.last('patches')?.patches.at(-1)?.seq ?? 0) >= seq)
  }
  // The reader's, and what the kernel took for the other one.
  expect(place.stats.bytesOut - before).toBeLessThan(rounds * 600_100 + 12_000_000)
  expect(place.stats).toMatchObject({ players: 2, connected: 2 })
  await expectPong(host, reader, 11)
  stalled.readOn()
  const { seq } = place.game.snapshot
  await host.until('the other one has it too', () => {
    // Each turn of a snapshot is a timer.
    void host.advance(0)
    place.step()
    return lastSeq(stalled) === seq
  })
  expect(stalled.messages.filter(({ kind }) => kind === 'patches').length).toBeLessThan(rounds / 2)
  const values = new Map(stalled.messages.flatMap(attributesIn))
  for (const name of names) expect(values.get(name)).toBe(workspace.getAttribute(name))
  // Whoever reads nothing does not hear of the closing either.
  stalled.stall()
  place.players.getPlayers()[0]?.kick()
  place.step()
  await host.advance(2000)
  await host.until('its line is cut', () => host.server.metrics().connections === 1)
})

/** The patch that a guest was led to. */
function lastSeq(guest: Guest): number {
  return Math.max(guest.last('snapshot')?.end?.seq ?? 0, guest.last('patches')?.patches.at(-1)?.seq ?? 0)
}

/** The attributes that a message tells of. */
function attributesIn(message: DownMessage): (readonly [name: string, value: unknown])[] {
  if (message.kind !== 'snapshot' && message.kind !== 'patches') return []
  const operations =
    message.kind === 'snapshot' ? message.operations : message.patches.flatMap((patch) => patch.operations)
  return operations.flatMap((operation): (readonly [string, unknown])[] => {
    if (operation.kind === 'create') return Object.entries(operation.attributes)
    return operation.kind === 'attribute' ? [[operation.name, operation.value]] : []
  })
}

test('HO16 HO23 a host stands behind a network, which serves both directions of every socket', async () => {
  const host = await open({ clock: 'still' })
  const { network } = host
  const guest = await welcome(host)
  network.set('Ana', { up: { latencyMs: 100 }, down: { latencyMs: 200 } })
  const startMs = host.clock.now()
  const pings: number[] = []
  network.observe((event) => {
    if (event.kind === 'frame') pings.push(event.timeMs - startMs)
  })
  guest.send(encodePing({ clientMs: 5 }))
  await host.until('the ping is under way', () => network.underWay > 0)
  await host.advance(100)
  expect([pings, network.underWay]).toEqual([[100], 1])
  await host.advance(200)
  await host.until('the pong arrives', () => guest.last('pong')?.clientMs === 5)
  expect(pings).toEqual([100, 300])
  network.cut('Ana')
  await host.until('the guest’s line is gone', () => !guest.isOpen)
  // The place keeps the player for the grace period, without a line.
  expect(host.server.metrics()).toMatchObject({
    connections: 0,
    players: 1,
    places: { main: { connected: 0 } },
  })
})

test('HO16 closing does not wait for what a network holds', async () => {
  const host = await open()
  const guest = await welcome(host)
  host.network.partition('Ana')
  await host.server.close()
  await host.until('the guest’s line is gone', () => !guest.isOpen)
})

test('HO23 lines are asked as often as the host is told', async () => {
  const host = await open({ clock: 'still', host: { heartbeat: { intervalMs: 700, timeoutMs: 500 } } })
  const greeting = await fetch(`${host.url}/banyan/?EIO=4&transport=polling`)
  expect(await greeting.text()).toContain('"pingInterval":700,"pingTimeout":500')
  await forgetUngreeted(host)
})
