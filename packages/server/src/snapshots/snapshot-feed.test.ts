import { Part, replicaView, StringValue, Vector3, view } from '@banyan/datamodel'
import {
  type Channel,
  createManualClock,
  decodeDown,
  encodeAck,
  encodeLeave,
  encodePing,
  protocolVersion,
} from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createBusyClock } from '../../fixtures/busy-clock.ts'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

const limits = { snapshotInstances: 10 }

/** A place with so many parts, whose snapshot takes many turns of the loop. */
function createCrowded(options: Parameters<typeof createTestPlace>[0] = { definition, limits }) {
  const made = createTestPlace(options)
  const workspace = made.place.game.getService('Workspace')
  const parts = Array.from({ length: 400 }, (_, n) => new Part({ name: `part ${n}`, parent: workspace }))
  return { ...made, parts, workspace }
}

/** The server's end of a line that keeps every frame, and reads as much as the test says. */
function visit({ place }: ReturnType<typeof createCrowded>, guestKey: string) {
  const frames: Uint8Array[] = []
  const line = { unread: 0, faults: 0 }
  const channel: Channel = {
    send(frame) {
      if (line.faults > 0) {
        line.faults -= 1
        throw new Error('a fault of the test')
      }
      frames.push(frame)
    },
    close: () => {},
    get bufferedBytes() {
      return line.unread
    },
  }
  const hello = { definitionHash: definition.hash, place: 'main', name: guestKey, turn: 0, credentials: null }
  const handlers = place.accept(channel, { protocolVersion, ...hello, guestKey, resume: null })
  const kinds = (): string[] =>
    frames.map((frame) => {
      const decoded = decodeDown(definition, frame)
      return decoded.ok ? decoded.value.kind : decoded.problem
    })
  return { frames, line, handlers, kinds }
}

test('SE20 a large snapshot takes many turns, in which the place goes on, and then everything is there', async () => {
  const { clock, newClient, parts, place, settle, tick, workspace } = createCrowded()
  const ana = newClient().connect({ guestKey: 'a' })
  await settle()
  expect(ana.wasWelcomed).toBe(false)
  for (let turn = 0; !ana.wasWelcomed && turn < 50; turn += 1) {
    for (const part of parts.slice(turn, turn + 20)) part.position = new Vector3(turn, 0, 0)
    parts[turn * 3]?.destroy()
    new Part({ name: `new ${turn}`, parent: workspace })
    place.remote(remotes.note).fireAllClients(turn)
    await tick()
    clock.runNext(clock.now())
    await settle()
  }
  await tick()
  expect(ana.messages.filter(({ kind }) => kind === 'snapshot').length).toBeGreaterThan(15)
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
  const heard = ana.events('note').length
  expect(ana.events('note')).toEqual(Array.from({ length: heard }, (_, n) => [n]))
  expect(heard).toBeGreaterThan(5)
})

test('SE21 those who join while a snapshot is fresh get the very frames that others got', () => {
  const crowded = createCrowded()
  const { clock, place, workspace } = crowded
  const ana = visit(crowded, 'ana')
  while (!ana.kinds().includes('welcome')) clock.advance(0)
  workspace.setAttribute('since', 1)
  place.step()
  const later = ['ben', 'cem'].map((name) => visit(crowded, name))
  while (later.some(({ kinds }) => !kinds().includes('welcome'))) clock.advance(0)
  const shared = ana.frames.slice(0, ana.kinds().indexOf('welcome') - 1)
  expect(shared.length).toBeGreaterThan(15)
  for (const { frames } of later)
    expect(frames.slice(0, shared.length).every((frame, n) => frame === shared[n])).toBe(true)
})

test('SE21 a snapshot stays fresh while nobody is there, until much was written since', () => {
  const crowded = createCrowded()
  const { clock, place, parts, workspace } = crowded
  const stay = (name: string): readonly Uint8Array[] => {
    const client = visit(crowded, name)
    while (!client.kinds().includes('welcome')) clock.advance(0)
    const frames = [...client.frames]
    client.handlers.onFrame(encodeLeave())
    client.handlers.onClose('left')
    return frames
  }
  const [first] = stay('ana')
  const [part] = parts
  for (let n = 0; n < 10; n += 1) {
    if (part !== undefined) part.position = new Vector3(n, 0, 0)
    place.step()
  }
  const later = stay('ben')
  expect(later[0]).toBe(first)
  const told = decodeDown(definition, later.at(-1) ?? new Uint8Array())
  expect(told.ok && told.value.kind === 'welcome' && told.value.patches.length).toBeGreaterThan(0)
  workspace.setAttribute('text', 'x'.repeat(20_000))
  place.step()
  place.step()
  expect(stay('cem')[0]).not.toBe(first)
})

test('SE21 a snapshot that much was written since is made anew', () => {
  const crowded = createCrowded()
  const { clock, place, workspace } = crowded
  const ana = visit(crowded, 'ana')
  while (!ana.kinds().includes('welcome')) clock.advance(0)
  workspace.setAttribute('text', 'x'.repeat(20_000))
  place.step()
  const ben = visit(crowded, 'ben')
  while (!ben.kinds().includes('welcome')) clock.advance(0)
  expect(ben.frames[0]).not.toBe(ana.frames[0])
})

test('SE20 a line gets no more of a snapshot than it can take, and the rest when it has read', () => {
  const crowded = createCrowded()
  const { clock, place } = crowded
  const ana = visit(crowded, 'ana')
  ana.line.unread = 1_000_000
  const before = ana.frames.length
  for (let turn = 0; turn < 20; turn += 1) {
    clock.advance(50)
    place.step()
  }
  expect([ana.frames.length, clock.pending]).toEqual([before, clock.pending])
  ana.line.unread = 0
  place.step()
  while (!ana.kinds().includes('welcome')) clock.advance(0)
  expect(ana.kinds().at(-1)).toBe('welcome')
})

test('SE20 what is seen by one alone is in nobody else’s parts', () => {
  const crowded = createCrowded()
  const { clock, place } = crowded
  const [ana, ben] = [visit(crowded, 'ana'), visit(crowded, 'ben')]
  while ([ana, ben].some(({ kinds }) => !kinds().includes('welcome'))) clock.advance(0)
  const [player] = place.players.getPlayers()
  for (let n = 0; n < 40; n += 1) new StringValue({ name: `secret ${n}`, parent: player?.backpack ?? null })
  place.step()
  const cem = visit(crowded, 'cem')
  const again = visit(crowded, 'ana')
  while ([cem, again].some(({ kinds }) => !kinds().includes('welcome'))) clock.advance(0)
  const has = ({ frames }: { frames: Uint8Array[] }) =>
    Buffer.concat(frames).toString('latin1').includes('secret')
  expect([has(again), has(cem), has(ben)]).toEqual([true, false, false])
})

test('IN5 a client that waits for its snapshot may ask for the time or leave; anything else is malformed', () => {
  const crowded = createCrowded()
  const [ana, ben] = [visit(crowded, 'ana'), visit(crowded, 'ben')]
  ana.handlers.onFrame(encodePing({ clientMs: 1 }))
  expect(ana.kinds()).not.toContain('pong')
  ben.handlers.onFrame(encodeAck({ seq: 0, eventSeq: 0 }))
  expect(ben.kinds().at(-1)).toBe('close')
})

test('PL7 a place that stops while it sends a snapshot leaves no timer', async () => {
  const crowded = createCrowded()
  const { clock, place } = crowded
  const before = clock.pending
  const ana = visit(crowded, 'ana')
  expect(clock.pending).toBeGreaterThan(before)
  await place.stop()
  expect([clock.pending, ana.kinds().includes('welcome')]).toEqual([before, false])
})

test('SE20 large texts and nested values count as many instances: no part, and no turn, is larger for them', () => {
  const crowded = createCrowded({ definition })
  const { clock, workspace } = crowded
  for (let n = 0; n < 60; n += 1) {
    new StringValue({ parent: workspace, value: 'x'.repeat(10_000) })
    new StringValue({ parent: workspace }).setAttribute('text', 'x'.repeat(10_000))
  }
  const ana = visit(crowded, 'ana')
  let told = 0
  for (let turn = 0; !ana.kinds().includes('welcome') && turn < 50; turn += 1) {
    const fresh = ana.frames.slice(told)
    expect(fresh.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(200_000)
    told += fresh.length
    clock.runNext(clock.now())
  }
  expect(ana.kinds().at(-1)).toBe('welcome')
  expect(Math.max(...ana.frames.map(({ length }) => length))).toBeLessThan(50_000)
})

/** How many frames each turn of the loop sends, from a join to its welcome. */
function framesByTurn(
  crowded: ReturnType<typeof createCrowded>,
  visitors: readonly ReturnType<typeof visit>[],
) {
  const count = () => visitors.reduce((sum, { frames }) => sum + frames.length, 0)
  const turns: number[] = [count()]
  while (visitors.some(({ kinds }) => !kinds().includes('welcome'))) {
    const before = count()
    crowded.clock.runNext(crowded.clock.now())
    turns.push(count() - before)
  }
  return turns
}

test('SE26 a turn looks at or encodes no more than eight parts, and sends no more than sixteen', () => {
  const crowded = createCrowded()
  const turns = framesByTurn(crowded, [visit(crowded, 'ana')])
  // Four are looked at, and the same four encoded; the last turn ends with the rest and the welcome.
  expect(Math.max(...turns.slice(0, -1))).toBe(4)
  expect(turns.length).toBeGreaterThan(8)
  const many = Array.from({ length: 20 }, (_, n) => visit(crowded, `later ${n}`))
  expect(Math.max(...framesByTurn(crowded, many).slice(1))).toBeLessThanOrEqual(16 + 2 * many.length)
})

test('SE26 a turn ends when its time is up, after the stretch that it is in', () => {
  const manual = createManualClock({ startMs: 1_000_000 })
  let spentMs = 0
  // Whoever looks at the clock finds that two milliseconds have gone by.
  const clock = Object.assign(Object.create(manual) as typeof manual, {
    now: () => {
      spentMs += 2
      return manual.now() + spentMs
    },
  })
  const crowded = createCrowded({ definition, limits, clock })
  const ana = visit(crowded, 'ana')
  const turns: number[] = []
  for (let turn = 0; turn < 400 && !ana.kinds().includes('welcome'); turn += 1) {
    const before = ana.frames.length
    manual.runNext(manual.now())
    turns.push(ana.frames.length - before)
  }
  expect(ana.kinds().at(-1)).toBe('welcome')
  expect(Math.max(...turns.slice(0, -1))).toBe(1)
})

test('SE26 what a join itself took counts: the snapshot begins in the next turn where that was all of it', () => {
  const { clock, busy, nextTurn } = createBusyClock()
  const crowded = createCrowded({ definition, limits, clock })
  let costMs = 4
  crowded.place.players.playerAdded.connect(() => {
    busy.ms += costMs
  })
  const ana = visit(crowded, 'ana')
  expect(ana.frames).toEqual([])
  expect(crowded.place.stats.players).toBe(1)
  while (!ana.kinds().includes('welcome')) nextTurn()
  costMs = 1
  expect(visit(crowded, 'ben').frames.length).toBeGreaterThan(0)
})

test('SE21 twenty who join at once share what is encoded once', () => {
  const crowded = createCrowded()
  const all = Array.from({ length: 20 }, (_, n) => visit(crowded, `player ${n}`))
  framesByTurn(crowded, all)
  const parts = all.map(({ frames, kinds }) => frames.slice(0, kinds().lastIndexOf('snapshot')))
  expect(parts[0]?.length).toBeGreaterThan(35)
  expect(new Set(parts.flat()).size).toBe(parts[0]?.length)
})

test('SE24 who cannot be sent a snapshot is dismissed with a reason, and may come back; the others go on', () => {
  const crowded = createCrowded()
  const { clock, log, place } = crowded
  const [ana, ben] = [visit(crowded, 'ana'), visit(crowded, 'ben')]
  ana.line.faults = 1
  while (!ben.kinds().includes('welcome')) clock.advance(0)
  expect(ana.kinds().at(-1)).toBe('close')
  expect(decodeDown(definition, ana.frames.at(-1) ?? new Uint8Array())).toMatchObject({
    value: { code: 'serverFault', reason: 'The server could not show you this place.' },
  })
  expect(log.errors.map(({ cause }) => String(cause))).toEqual(['Error: a fault of the test'])
  expect(place.players.getPlayers().map(({ connected }) => connected)).toEqual([false, true])
  const again = visit(crowded, 'ana')
  while (!again.kinds().includes('welcome')) clock.advance(0)
  expect(place.stats).toMatchObject({ players: 2, connected: 2, behind: 0 })
})

test('SE24 so is one who is shown everything anew', () => {
  const crowded = createCrowded({ definition, limits: { ...limits, patches: { count: 100, bytes: 20_000 } } })
  const { clock, place, workspace } = crowded
  const ana = visit(crowded, 'ana')
  while (!ana.kinds().includes('welcome')) clock.advance(0)
  workspace.setAttribute('text', 'x'.repeat(30_000))
  ana.line.faults = 1
  place.step()
  for (let turn = 0; turn < 10; turn += 1) clock.advance(0)
  expect([ana.kinds().at(-1), place.stats.connected]).toEqual(['close', 0])
})
