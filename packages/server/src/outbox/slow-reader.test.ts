import { Part, replicaView, Vector3, view } from '@banyan/datamodel'
import { type Channel, decodeDown, encodePing, protocolVersion } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'
import type { Limits } from '../limits/limits.ts'

test('SE14 a client with 1,000 deliveries unacknowledged closes as slowReader, and may resume them', async () => {
  const { place, join, settle, tick } = createTestPlace({ definition })
  const note = place.remote(remotes.note)
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  for (let n = 1; n < 1000; n += 1) note.fireAllClients(n)
  await tick()
  ben.ack()
  await settle()
  expect(ana.closed).toBeNull()
  note.fireAllClients(1000)
  await tick()
  expect([ana.closed?.code, ben.closed]).toEqual(['slowReader', null])
  const resume = ana.resume()
  ana.connect({ guestKey: 'Ana-key', resume })
  await tick()
  expect(ana.welcome.status).toBe('resumed')
  expect(ana.events('note')).toHaveLength(1000)
})

test('SE14 once a delivery was lost, the session goes on with a fresh replica instead', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const note = place.remote(remotes.note)
  const ana = await join()
  for (let n = 0; n <= 1000; n += 1) note.fireAllClients(n)
  await tick()
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await tick()
  expect(ana.welcome.status).toBe('rejoined')
  expect(ana.events('note')).toEqual([])
})

test('SE15 a client that reads no answers to its pings closes too, although nothing else is said to it', async () => {
  const { place, tick } = createTestPlace({ definition })
  const sent: Uint8Array[] = []
  const unread = { bytes: 0 }
  const stuck: Channel = {
    send: (frame) => void sent.push(frame),
    close: () => {},
    get bufferedBytes() {
      return unread.bytes
    },
  }
  const hello = {
    definitionHash: definition.hash,
    place: 'main',
    guestKey: 'k',
    name: '',
    turn: 0,
    credentials: null,
  }
  const stuckLine = place.accept(stuck, { protocolVersion, ...hello, resume: null })
  stuckLine.onFrame(encodePing({ clientMs: 1 }))
  unread.bytes = 5_000_000
  stuckLine.onFrame(encodePing({ clientMs: 2 }))
  await tick()
  const kinds = sent.map((frame) => {
    const decoded = decodeDown(definition, frame)
    return decoded.ok && (decoded.value.kind === 'close' ? decoded.value.code : decoded.value.kind)
  })
  expect(kinds).toEqual(['snapshot', 'welcome', 'pong', 'slowReader'])
})

test('SE14 a fire that makes a slow reader runs no handlers, as no fire does', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  await join()
  const [player] = place.players.getPlayers()
  const ran: string[] = []
  player?.getPropertyChangedSignal('connected').connect(() => ran.push('handler'))
  for (let n = 0; n < 1000; n += 1) place.remote(remotes.note).fireAllClients(n)
  ran.push('the fires are done')
  expect(player?.connected).toBe(false)
  await tick()
  expect(ran).toEqual(['the fires are done', 'handler'])
})

/** Ana reads nothing for so many ticks, in which parts move, come and go, and an event is fired; then she reads on. */
async function playStall(limits: Partial<Limits>, ticks = 60) {
  const { place, join, settle, tick } = createTestPlace({ definition, limits })
  const workspace = place.game.getService('Workspace')
  const parts = Array.from({ length: 60 }, (_, n) => new Part({ name: `part ${n}`, parent: workspace }))
  const ana = await join()
  await tick()
  const [player] = place.players.getPlayers()
  const kept = ana.replica.getInstanceById(parts[59]?.id ?? 0)?.record
  const from = { messages: ana.messages.length, bytes: place.stats.bytesOut }
  for (let n = 0; n < ticks; n += 1) {
    // Sines, since whole numbers would take next to nothing.
    for (const part of parts.slice(0, 50)) {
      part.position = new Vector3(Math.sin(n + part.id), Math.cos(n + part.id), n)
    }
    new Part({ name: `guest ${n}`, parent: workspace })
    workspace.findFirstChild(`guest ${n - 2}`)?.destroy()
    new Part({ name: `own ${n}`, parent: player?.backpack ?? null })
    place.remote(remotes.note).fireAllClients(n)
    // Nothing is carried between these ticks, as if nobody read.
    place.step()
  }
  const sentBytes = place.stats.bytesOut - from.bytes
  await settle()
  for (let n = 0; n < 5; n += 1) await tick()
  const heard = ana.messages.slice(from.messages)
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
  expect(ana.events('note')).toEqual(Array.from({ length: ticks }, (_, n) => [n]))
  expect(ana.replica.getInstanceById(parts[59]?.id ?? 0)?.record).toBe(kept)
  return { ana, heard, sentBytes, kinds: heard.map(({ kind }) => kind) }
}

test('SE19 a client that does not read is sent nothing more, and then one diff and its events', async () => {
  const { heard, sentBytes } = await playStall({ unsentBytes: 5000 })
  const patches = heard.flatMap((message) => (message.kind === 'patches' ? [message.patches.length] : []))
  expect(sentBytes).toBeLessThan(7000)
  expect(patches.length).toBeLessThan(8)
  expect(patches.filter((count) => count > 1)).toEqual([])
})

test('SE20 one that missed more than the place keeps gets a snapshot, and its events', async () => {
  const { kinds, sentBytes } = await playStall({
    unsentBytes: 5000,
    patches: { count: 10, bytes: 1_000_000 },
  })
  expect(sentBytes).toBeLessThan(7000)
  expect(kinds).toContain('snapshot')
})

test('SE19 SE14 events wait to their bound, and the client may resume them', async () => {
  const { place, join, tick } = createTestPlace({ definition, limits: { unsentBytes: 1000 } })
  const ana = await join()
  await tick()
  const workspace = place.game.getService('Workspace')
  for (let n = 0; n < 1000; n += 1) {
    workspace.setAttribute('text', `${n}${'x'.repeat(600)}`)
    place.remote(remotes.note).fireAllClients(n)
    place.step()
  }
  await tick()
  expect(ana.closed?.code).toBe('slowReader')
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await tick()
  expect(ana.welcome.status).toBe('resumed')
  expect(ana.events('note')).toEqual(Array.from({ length: 1000 }, (_, n) => [n]))
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
})
