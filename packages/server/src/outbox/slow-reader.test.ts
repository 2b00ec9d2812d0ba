import { type Channel, decodeDown, encodePing, protocolVersion } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

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

test('SE15 a client that does not read closes as slowReader, and holds up nobody', async () => {
  const { place, join, tick } = createTestPlace({ definition, limits: { unreadBytes: 20_000 } })
  const ana = await join({ name: 'Ana' })
  const workspace = place.game.getService('Workspace')
  // Nothing is carried between these ticks, as if nobody read.
  for (let n = 0; n < 10; n += 1) {
    workspace.setAttribute('text', `${n}${'x'.repeat(9_000)}`)
    place.step()
  }
  await tick()
  expect(ana.closed?.code).toBe('slowReader')
  expect((await join({ name: 'Ben' })).wasWelcomed).toBe(true)
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
  const hello = { definitionHash: definition.hash, place: 'main', guestKey: 'k', name: '', credentials: null }
  const { onFrame } = place.accept(stuck, { protocolVersion, ...hello, resume: null })
  onFrame(encodePing({ clientMs: 1 }))
  unread.bytes = 5_000_000
  onFrame(encodePing({ clientMs: 2 }))
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
