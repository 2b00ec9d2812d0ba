import {
  createReplicaChecksums,
  defineClass,
  Folder,
  float,
  type Instance,
  isSameChecksum,
} from '@banyan/datamodel'
import {
  decodeNews,
  defineGame,
  encodeSentinelCall,
  type SentinelCall,
  type SentinelNews,
} from '@banyan/protocol'
import { describe, expect, it } from 'vitest'
import type { TestClient } from '../../fixtures/test-client.ts'
import { createTestPlace, type TestPlace } from '../../fixtures/test-place.ts'
import type { DesyncReport } from './desync-report.ts'

const Chest = defineClass('Chest', {
  properties: {
    gold: float(0, { visibleTo: 'owner' }),
    trap: float(0, { visibleTo: 'server' }),
    shine: float(0, { maySkip: true }),
  },
})
const definition = defineGame({ classes: [Chest] })

async function setUp({ everyPatches = 1_000, parts = 0 } = {}) {
  const reports: DesyncReport[] = []
  const test = createTestPlace({
    definition,
    sentinel: { everyPatches },
    onDesync: (report) => reports.push(report),
  })
  const workspace = test.place.game.getService('Workspace')
  for (let n = 0; n < parts; n += 1) new Folder({ name: `f${n}`, parent: workspace })
  const client = await test.join()
  for (let n = 0; n < 5; n += 1) {
    test.clock.advance(50)
    await test.tick()
  }
  return { ...test, workspace, client, reports, ...speaker(test, client) }
}

function speaker(test: TestPlace, client: TestClient) {
  const news = (): SentinelNews[] =>
    client.messages.flatMap((message) => {
      if (message.kind !== 'patches' || message.news === undefined) return []
      const decoded = decodeNews(definition, message.news)
      return decoded.ok ? [decoded.value] : []
    })
  return {
    news,
    async say(call: SentinelCall): Promise<SentinelNews | undefined> {
      const before = news().length
      client.send(encodeSentinelCall(call))
      await test.tick()
      return news()[before]
    },
  }
}

const branch = (id: number): SentinelCall => ({ kind: 'branch', question: { id, level: 0, prefix: 0 } })

describe('the sentinel', () => {
  it("SN1 tells each player the checksum of that player's view, after every so many patches", async () => {
    const { place, client, news, tick, workspace } = await setUp({ everyPatches: 4 })
    const chest = new Chest({ parent: workspace, gold: 5, trap: 6 })
    const sums = createReplicaChecksums(client.replica)
    let same = 0
    for (let n = 0; n < 40; n += 1) {
      chest.owner = n % 8 < 4 ? (place.players.getPlayers()[0] ?? null) : null
      chest.gold = n
      chest.visibleTo = n % 5 === 0 ? 'nobody' : 'everyone'
      const before = news().length
      await tick()
      const told = news()[before]
      if (told?.kind === 'checksum') same += Number(isSameChecksum(told.checksum, sums.of(null)))
    }
    expect([news().length, same]).toEqual([10, 10])
  })

  it('SN9 tells nothing of what a player may not see, as if it were not there', async () => {
    const { place, say, tick, workspace, reports } = await setUp()
    const hidden = new Folder({ name: 'hidden', parent: workspace })
    const chest = new Chest({ name: 'chest', parent: workspace, gold: 77, trap: 88 })
    const inner: Instance = new Folder({ name: 'inner', parent: hidden })
    const storage = place.game.getService('ServerStorage')
    const kept = new Folder({ name: 'kept', parent: storage })
    hidden.visibleTo = 'nobody'
    await tick()
    for (const id of [hidden.id, inner.id, storage.id, kept.id, 0, 900_001]) {
      expect(await say(branch(id))).toEqual({
        kind: 'branch',
        question: { id, level: 0, prefix: 0 },
        branch: null,
      })
      expect(await say({ kind: 'below', id })).toEqual({ kind: 'below', id, creates: [] })
    }
    const told = await say({ kind: 'below', id: workspace.id })
    expect(told).toMatchObject({ creates: [{ name: 'Workspace' }, { name: 'chest', properties: [] }] })
    const parts = await say(branch(workspace.id))
    expect([...(parts?.kind === 'branch' ? (parts.branch?.parts.keys() ?? []) : [])]).toEqual([chest.id])
    expect(reports).toEqual([])
  })

  it('SN10 works for one who lies no more than for an honest one', async () => {
    const { say, clock, workspace, client, reports } = await setUp({ parts: 3_000 })
    let answers = 0
    for (let n = 0; n < 200; n += 1) if ((await say(branch(1))) !== undefined) answers += 1
    // Some looks at the whole tree, and then no more until time has passed.
    expect(answers).toBeGreaterThan(3)
    expect(answers).toBeLessThan(17)
    expect(await say(branch(workspace.id))).toBeUndefined()
    clock.advance(60_000)
    expect(await say(branch(1))).toBeDefined()
    for (let n = 0; n < 50; n += 1)
      await say({ kind: 'found', id: n, differences: [{ id: n, field: 'name' }] })
    expect(reports.length).toBeLessThan(3)
    for (let n = 0; n < 20; n += 1) await say({ kind: 'whole' })
    expect(client.messages.filter(({ kind }) => kind === 'snapshot').length).toBeLessThan(40)
    expect(reports.filter(({ remedy }) => remedy === 'snapshot').length).toBeLessThanOrEqual(2)
    expect(client.closed).toBeNull()
  })

  it('SN11 SK8 tells nothing to who lacks values that may skip, until they have them', async () => {
    const { place, client, news, settle, tick, workspace } = await setUp({ everyPatches: 1 })
    const chest = new Chest({ name: 'chest', parent: workspace })
    await tick()
    const before = news().length
    // Nobody's line takes what these send.
    chest.shine = 1
    place.step()
    for (let n = 0; n < 5; n += 1) {
      chest.shine = n + 2
      chest.setAttribute('n', n)
      if (n === 3) client.send(encodeSentinelCall(branch(1)))
      place.step()
    }
    await settle()
    expect(place.stats.skipping).toBe(1)
    expect(news()).toHaveLength(before + 1)
    await tick()
    const copy = client.replica.getInstanceById(chest.id) as InstanceType<typeof Chest> | null
    expect([copy?.shine, place.stats.skipping]).toEqual([6, 0])
    chest.setAttribute('n', 9)
    await tick()
    expect(news().at(-1)).toEqual({
      kind: 'checksum',
      checksum: createReplicaChecksums(client.replica).of(null),
    })
  })

  it('SN3 reports in its own words alone, with the patches that told of it', async () => {
    const { say, tick, workspace, reports, log } = await setUp()
    const chest = new Chest({ name: 'chest', parent: workspace })
    await tick()
    for (let n = 0; n < 12; n += 1) {
      chest.setAttribute('n', n)
      workspace.setAttribute('other', n)
      await tick()
    }
    await say(branch(1))
    const fields = ['gold', '@n', '#name', 'forged\nline', '@bad name!', 'constructor']
    await say({ kind: 'found', id: chest.id, differences: fields.map((field) => ({ id: chest.id, field })) })
    const [report] = reports
    expect(report).toMatchObject({ remedy: 'subtree', path: 'Workspace.chest' })
    expect(report?.differences).toEqual(['gold', '@n', '#name'].map((field) => `Workspace.chest: ${field}`))
    expect(report?.patches).toHaveLength(8)
    expect(report?.patches[0]?.operations).toEqual([{ kind: 'attribute', id: chest.id }])
    expect(log.lines.at(-1)).toMatch(
      /the replica of "Ana" .* was not in sync at patch \d+ below Workspace\.chest .*attribute \d+/,
    )
    expect(log.lines.at(-1)).not.toMatch(/forged|bad name/)
  })

  it('SN8 keeps nothing while nobody is in, and refuses an interval that there is not', async () => {
    expect(() => createTestPlace({ definition, sentinel: { everyPatches: 0 } })).toThrow(
      /sentinel.everyPatches "0"/,
    )
    const { place, client, tick, join, clock } = await setUp({ everyPatches: 2 })
    client.leave()
    await tick()
    for (let n = 0; n < 5; n += 1) await tick()
    clock.advance(1_000)
    const back = await join({ name: 'Bo' })
    const { news } = speaker({ place, clock, join, tick } as never, back)
    const sums = createReplicaChecksums(back.replica)
    const same: boolean[] = []
    for (let n = 0; n < 6; n += 1) {
      const before = news().length
      place.game.getService('Workspace').setAttribute('n', n)
      await tick()
      const told = news()[before]
      if (told?.kind === 'checksum') same.push(isSameChecksum(told.checksum, sums.of(null)))
    }
    expect(same.length).toBeGreaterThan(2)
    expect(same).not.toContain(false)
  })
})
