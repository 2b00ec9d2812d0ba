import { NumberValue, type Part, Part as PartClass, replicaView, Vector3, view } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import type { TestClient } from '../../fixtures/test-client.ts'
import { createTestPlace, type TestPlace } from '../../fixtures/test-place.ts'
import { definition } from '../../fixtures/test-remotes.ts'

function build({ place }: TestPlace, count: number): readonly InstanceType<typeof Part>[] {
  const parent = place.game.getService('Workspace')
  return Array.from({ length: count }, (_, n) => new PartClass({ name: `part ${n}`, parent }))
}

/** The kinds and sizes of what came since. */
function heard({ messages, frames }: TestClient, from: number): { kinds: string[]; bytes: number } {
  const kinds = messages.slice(from).map(({ kind }) => kind)
  return { kinds, bytes: frames.slice(from).reduce((sum, { length }) => sum + length, 0) }
}

function expectWhole({ place }: TestPlace, client: TestClient): void {
  expect(replicaView(client.replica)).toEqual(view(place.game.snapshot, client.welcome.playerId))
}

test('SE6 T6 who comes back gets the patches that it missed, and nothing that it has', async () => {
  const test = createTestPlace({ definition })
  const { join, newClient, settle, tick } = test
  const parts = build(test, 950)
  const ana = await join()
  const ben = await join({ name: 'Ben' })
  await tick()
  const resume = ana.resume()
  ana.drop()
  await tick()
  const before = ben.frames.length
  for (let n = 0; n < 10; n += 1) {
    for (const [index, part] of parts.slice(n * 5, n * 5 + 5).entries())
      part.position = new Vector3(n, index, 0)
    await tick()
  }
  const missed = heard(ben, before)
  const untouched = ana.replica.getInstanceById(parts[900]?.id ?? 0)?.record
  const from = ana.frames.length
  ana.connect({ guestKey: 'Ana-key', resume })
  await settle()
  const { kinds, bytes } = heard(ana, from)
  expect(kinds).toEqual(['welcome'])
  // The patch of the return itself, the welcome's own fields.
  expect(bytes).toBeLessThan(missed.bytes + 200)
  expect(ana.replica.getInstanceById(parts[900]?.id ?? 0)?.record).toBe(untouched)
  expectWhole(test, ana)
  const stranger = newClient().connect({ name: 'Cem', guestKey: 'c' })
  await settle()
  expect(new Set(stranger.messages.map(({ kind }) => kind))).toEqual(new Set(['snapshot', 'welcome']))
  expectWhole(test, stranger)
})

test('SE6 what only this player sees is among what it missed, and what another sees is not', async () => {
  const test = createTestPlace({ definition })
  const { join, place, settle, tick } = test
  const ana = await join()
  await join({ name: 'Ben' })
  const resume = ana.resume()
  ana.drop()
  await settle()
  for (const [index, player] of place.players.getPlayers().entries()) {
    new NumberValue({ name: `secret ${index}`, value: index, parent: player.backpack })
    await tick()
  }
  ana.connect({ guestKey: 'Ana-key', resume })
  await settle()
  expectWhole(test, ana)
  const bytes = Buffer.concat(ana.frames).toString('latin1')
  expect([bytes.includes('secret 0'), bytes.includes('secret 1')]).toEqual([true, false])
})

test('SE18 who missed more than the place keeps gets a snapshot', async () => {
  const test = createTestPlace({ definition, limits: { patches: { count: 4, bytes: 1_000_000 } } })
  const { join, settle, tick } = test
  const [part] = build(test, 1)
  const ana = await join()
  for (const [missed, kinds] of [
    // The return is a patch too.
    [3, ['welcome']],
    [4, ['snapshot', 'welcome']],
  ] as const) {
    const resume = ana.resume()
    ana.drop()
    await settle()
    for (let n = 0; n < missed; n += 1) {
      if (part !== undefined) part.transparency = (n + 1) / (missed + 1)
      await tick()
    }
    const from = ana.frames.length
    ana.connect({ guestKey: 'Ana-key', resume })
    await settle()
    expect(heard(ana, from).kinds).toEqual(kinds)
    expect(ana.welcome.status).toBe('resumed')
    expectWhole(test, ana)
  }
})

test('SE6 a number from the future, of nothing, or before the first patch brings a snapshot', async () => {
  const test = createTestPlace({ definition })
  const { join, place, settle } = test
  const ana = await join()
  for (const seq of [0, place.game.snapshot.seq + 1000]) {
    const from = ana.frames.length
    ana.connect({ guestKey: 'Ana-key', resume: { ...ana.resume(), seq } })
    await settle()
    expect(heard(ana, from).kinds.filter((kind) => kind !== 'close')).toEqual(['snapshot', 'welcome'])
    expectWhole(test, ana)
  }
})

test('VS2 who claims to have been there earlier is told nothing of what was hidden before they came', async () => {
  const test = createTestPlace({ definition })
  const { join, place, settle, tick } = test
  const [back, hidden] = build(test, 2)
  if (back === undefined || hidden === undefined) throw new Error('both are there')
  const ana = await join()
  const { seq } = ana
  hidden.name = 'HIDDEN'
  await tick()
  // What comes back divides the fold, the first half of which is of before the hiding.
  for (const visibleTo of ['nobody', 'everyone'] as const) {
    back.visibleTo = visibleTo
    await tick()
  }
  hidden.visibleTo = 'nobody'
  await tick()
  const ben = await join({ name: 'Ben' })
  for (let claimed = seq; claimed < ben.seq; claimed += 1) {
    ben.connect({ name: 'Ben', guestKey: 'Ben-key', resume: { ...ben.resume(), seq: claimed } })
    await settle()
    expectWhole(test, ben)
  }
  expect(Buffer.concat(ben.frames).toString('latin1')).not.toContain('HIDDEN')
  expect(place.players.getPlayers()).toHaveLength(2)
})
