import { createAudiences, Folder, Part, replicaView, StringValue, view } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import type { TestClient } from '../../fixtures/test-client.ts'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition } from '../../fixtures/test-remotes.ts'

function createScene(options: Parameters<typeof createTestPlace>[0] = { definition }) {
  const made = createTestPlace(options)
  const { game } = made.place
  const workspace = game.getService('Workspace')
  for (let n = 0; n < 300; n += 1) new Part({ name: `part ${n}`, parent: workspace })
  const isWhole = ({ replica, welcome }: TestClient) =>
    expect(replicaView(replica)).toEqual(view(game.snapshot, welcome.playerId))
  const textTo = ({ frames }: TestClient) => Buffer.concat(frames).toString('latin1')
  return { ...made, game, workspace, isWhole, textTo, audiences: createAudiences(game) }
}

test('SE21 twenty who join in a row get one snapshot, each with what is theirs alone', async () => {
  const { game, isWhole, join, place, textTo, tick } = createScene()
  place.players.playerAdded.connect((player) => {
    new StringValue({ name: `secret of ${player.name};`, parent: player.backpack })
  })
  const clients: TestClient[] = []
  for (let n = 0; n < 20; n += 1) clients.push(await join({ name: `p${n}`, guestKey: `key-${n}` }))
  const snapshots = clients.map(({ messages }) => messages.find(({ kind }) => kind === 'snapshot'))
  expect(new Set(snapshots.map((message) => message?.kind === 'snapshot' && message.end?.seq)).size).toBe(1)
  await tick()
  for (const [index, client] of clients.entries()) {
    isWhole(client)
    const told = textTo(client).match(/secret of \w+;/g) ?? []
    expect(new Set(told)).toEqual(new Set([`secret of p${index};`]))
  }
  expect(game.getService('Players').getPlayers()).toHaveLength(20)
})

test('VS2 who joins is told nothing that was hidden before, also where the snapshot is older', async () => {
  const { audiences, isWhole, join, textTo, tick, workspace } = createScene()
  const hidden = new Folder({ name: 'HIDDEN', parent: workspace })
  const ended = new Folder({ name: 'ENDED', parent: workspace })
  isWhole(await join({ name: 'Ana' }))
  ended.destroy()
  await tick()
  const ben = await join({ name: 'Ben' })
  isWhole(ben)
  // Nothing hides what is no more.
  expect(textTo(ben)).toContain('ENDED')
  hidden.visibleTo = audiences.create('few')
  await tick()
  const cem = await join({ name: 'Cem' })
  isWhole(cem)
  expect(textTo(cem)).not.toContain('HIDDEN')
})

test('VS2 who joins is told nothing that was hidden when what it lay in was destroyed, or that went and came back hidden', async () => {
  const { game, isWhole, join, textTo, tick, workspace } = createScene()
  const box = new Folder({ name: 'box', parent: workspace })
  const inner = new Folder({ name: 'INNER', parent: box })
  const outer = new Folder({ name: 'OUTER', parent: workspace })
  const storage = game.getService('ServerStorage')
  isWhole(await join({ name: 'Ana' }))
  inner.parent = storage
  box.destroy()
  await tick()
  const ben = await join({ name: 'Ben' })
  isWhole(ben)
  outer.parent = null
  await tick()
  outer.parent = storage
  await tick()
  const cem = await join({ name: 'Cem' })
  isWhole(cem)
  expect([textTo(ben).includes('INNER'), textTo(cem).includes('OUTER')]).toEqual([false, false])
})

test('SE21 VS2 who joins into audiences is told what is in those now, and nothing of before', async () => {
  const { audiences, isWhole, join, place, textTo, tick, workspace } = createScene()
  const north = audiences.create('north')
  const inner = new StringValue({ value: 'OLD text', parent: workspace, visibleTo: north })
  isWhole(await join({ name: 'Ana' }))
  place.players.playerAdded.connect((player) => north.add(player))
  inner.value = 'new text'
  await tick()
  const ben = await join({ name: 'Ben' })
  isWhole(ben)
  expect([textTo(ben).includes('OLD'), textTo(ben).includes('new text')]).toEqual([false, true])
  await tick()
  isWhole(ben)
})

test('SE22 what is written in one tick beyond what a place keeps reaches everyone as a snapshot', async () => {
  const bound = { count: 100, bytes: 20_000 }
  const { isWhole, join, tick, workspace } = createScene({ definition, limits: { patches: bound } })
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  await tick()
  workspace.setAttribute('text', 'x'.repeat(30_000))
  await tick()
  for (const client of [ana, ben]) {
    isWhole(client)
    expect(client.messages.filter(({ kind }) => kind === 'snapshot').length).toBeGreaterThan(1)
  }
  workspace.setAttribute('text', 'short')
  await tick()
  isWhole(ana)
})

test('SE21 what a late comer sees beyond what everyone does is sent in parts where it is more than one', async () => {
  const { clock, isWhole, join, place, settle } = createScene({
    definition,
    limits: { snapshotInstances: 40 },
  })
  async function welcomed(name: string): Promise<TestClient> {
    const client = await join({ name })
    for (let turn = 0; !client.wasWelcomed && turn < 50; turn += 1) {
      clock.advance(0)
      await settle()
    }
    return client
  }
  await welcomed('Ana')
  place.players.playerAdded.connect((player) => {
    for (let n = 0; n < 8; n += 1)
      new StringValue({ value: String(n).repeat(1_000), parent: player.backpack })
  })
  const ben = await welcomed('Ben')
  isWhole(ben)
  // Two or three texts fill a part; the rest of them comes with the end.
  expect(Math.max(...ben.frames.map(({ length }) => length))).toBeLessThan(4_000)
})

test('SE25 who claims a patch of the future gets the snapshot that others got, as one without a tree does', async () => {
  const { isWhole, join, newClient, place, settle, tick, workspace } = createScene()
  const ana = await join({ name: 'Ana' })
  workspace.setAttribute('since', 1)
  await tick()
  const stampOf = ({ messages }: TestClient) =>
    messages
      .flatMap((message) => (message.kind === 'snapshot' && message.end ? [message.end.seq] : []))
      .at(-1)
  for (const status of ['resumed', 'rejoined'] as const) {
    const resume = { ...ana.resume(), seq: place.game.snapshot.seq + 1_000_000 }
    const liar = newClient().connect({
      guestKey: 'Ana-key',
      resume: status === 'resumed' ? resume : { ...resume, eventSeq: 1_000 },
    })
    await settle()
    expect([liar.welcome.status, stampOf(liar)]).toEqual([status, stampOf(ana)])
    isWhole(liar)
  }
})
