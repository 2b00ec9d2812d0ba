import {
  defineClass,
  Folder,
  type Instance,
  IntValue,
  Model,
  NumberValue,
  nested,
  replicaView,
  StringValue,
  view,
} from '@banyan/datamodel'
import { defineGame, defineRemotes, toClient, toServer } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { anyValue } from '../../fixtures/test-schemas.ts'
import { type Script, script } from '../scripts/script.ts'
import { createPlace } from './create-place.ts'

const remotes = defineRemotes({ note: toClient(anyValue), act: toServer(anyValue) })
const definition = defineGame({ remotes })

const Bag = defineClass('Bag', {
  extends: Model,
  properties: { items: nested({ sword: 0, shields: ['none'], notes: '' }) },
})

test('PL1 a client gets what its player may see at its join, and then what changes', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const value = new NumberValue({ name: 'Laps', parent: place.game.getService('Workspace') })
  const ana = await join()
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
  value.value = 3
  new Folder({ name: 'New', parent: value })
  await tick()
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
})

test('PL2 a tick sends one frame a client, equal for all who see the same', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  const cem = await join({ name: 'Cem' })
  await tick()
  const before = [ana, ben, cem].map(({ frames }) => frames.length)
  const workspace = place.game.getService('Workspace')
  for (let n = 0; n < 20; n += 1) new IntValue({ name: `n${n}`, value: n, parent: workspace })
  new StringValue({ name: 'Secret', parent: place.players.getPlayers()[2]?.backpack ?? null })
  await tick()
  expect([ana, ben, cem].map(({ frames }, index) => frames.length - (before[index] ?? 0))).toEqual([1, 1, 1])
  expect(ana.frames.at(-1)).toEqual(ben.frames.at(-1))
  expect(cem.frames.at(-1)?.length).toBeGreaterThan(ana.frames.at(-1)?.length ?? 0)
})

test('PL3 nothing is sent while nothing changes, but an acknowledgement a second after calls', async () => {
  const { place, clock, join, settle } = createTestPlace({ definition })
  place.remote(remotes.act).onServerEvent.connect(() => {})
  const ana = await join()
  await settle()
  const before = ana.frames.length
  clock.advance(5000)
  await settle()
  expect(ana.frames.length).toBe(before)
  ana.fire('act', 1)
  await settle()
  clock.advance(1100)
  await settle()
  expect(ana.frames.length).toBe(before + 1)
  expect(ana.messages.at(-1)).toMatchObject({ kind: 'patches', patches: [], session: { callSeq: 1 } })
  clock.advance(5000)
  await settle()
  expect(ana.frames.length).toBe(before + 1)
})

test('PL4 a tick runs deferred handlers, due tasks and the heartbeat, then commits', () => {
  const seen: string[] = []
  const { clock, place } = createTestPlace({
    definition,
    scripts: [
      script(({ workspace, task, heartbeat }) => {
        const laps = new IntValue({ name: 'Laps', parent: workspace })
        laps.getPropertyChangedSignal('value').connect(() => seen.push(`changed to ${laps.value}`))
        task.delay(50, () => {
          laps.value = 2
        })
        heartbeat.connect((elapsedMs) => {
          seen.push(`heartbeat after ${elapsedMs}`)
          laps.value = 3
        })
      }),
    ],
  })
  const laps = place.game.getService('Workspace').findFirstChild('Laps', IntValue)
  if (laps === null) throw new Error('the script made none')
  clock.advance(50)
  laps.value = 1
  place.step()
  expect(seen).toEqual(['changed to 1', 'changed to 2', 'heartbeat after 50', 'changed to 3'])
  expect(laps.record?.properties.value).toBe(3)
  expect(place.game.snapshot.tick).toBe(1)
})

test('PL5 what a player alone may see reaches nobody else, and what the server hides nobody at all', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  const player = place.players.getPlayerByUserId(place.players.getPlayers()[0]?.userId ?? '')
  new StringValue({ name: 'AnasOwn', value: 'anas-secret', parent: player?.playerGui ?? null })
  new StringValue({ name: 'Hidden', value: 'server-secret', parent: place.game.getService('ServerStorage') })
  await tick()
  const bytesOf = ({ frames }: typeof ana) => frames.map((frame) => new TextDecoder().decode(frame)).join('')
  expect(bytesOf(ana)).toContain('anas-secret')
  expect(bytesOf(ben)).not.toContain('anas-secret')
  expect(bytesOf(ben)).not.toContain('AnasOwn')
  expect(bytesOf(ana) + bytesOf(ben)).not.toMatch(/server-secret|Hidden|ServerStorage/)
})

test('PL6 what user code throws is reported with its source, and everything else goes on', async () => {
  const { place, log, tick, join } = createTestPlace({
    definition,
    scripts: [
      script(() => {
        throw new Error('first')
      }),
      script(async () => {
        await Promise.resolve()
        throw new Error('second')
      }),
      script(({ heartbeat, workspace }) => {
        heartbeat.connect(() => {
          throw new Error('third')
        })
        heartbeat.connect(() => {
          workspace.setAttribute('beats', 1)
        })
      }),
    ],
  })
  await tick()
  expect(place.game.getService('Workspace').getAttribute('beats')).toBe(1)
  expect(log.errors.map(({ line, cause }) => `${line}: ${String(cause)}`)).toEqual([
    'place "test": script failed: Error: first',
    'place "test": script failed: Error: second',
    'place "test": heartbeat failed: Error: third',
  ])
  expect((await join()).wasWelcomed).toBe(true)
})

test('PL7 stopping closes sessions as serverClosing, lets players leave, and cleans up, last script first', async () => {
  const seen: string[] = []
  const { place, clock, gate, join, settle } = createTestPlace({
    definition,
    scripts: [
      script(({ players, signal }) => {
        players.playerRemoving.connect((player, reason) => seen.push(`${player.name} ${reason}`))
        signal.addEventListener('abort', () => seen.push('aborted'))
        return () => seen.push('first cleanup')
      }),
      script(({ task, heartbeat }) => {
        heartbeat.connect(() => {})
        void task.wait(60_000)
        task.delay(60_000, () => seen.push('never'))
        return () => seen.push('second cleanup')
      }),
    ],
  })
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  ben.drop()
  await settle()
  await gate.close('Back in a minute.')
  await settle()
  expect(ana.closed).toEqual({ kind: 'close', code: 'serverClosing', reason: 'Back in a minute.' })
  expect(ana.hasClosed).toBe(true)
  expect(seen).toEqual(['Ana placeClosed', 'Ben placeClosed', 'aborted', 'second cleanup', 'first cleanup'])
  expect(place.players.getPlayers()).toEqual([])
  expect(clock.pending).toBe(0)
  await place.stop()
})

test('PL7 scripts that end because their place stops have not failed', async () => {
  const { place, log, settle } = createTestPlace({
    definition,
    scripts: [
      script(async ({ heartbeat }) => {
        for (;;) await heartbeat.wait()
      }),
      // As platforms' own functions do.
      script(async ({ task, signal }) => {
        await task.wait(60_000, { signal }).catch((reason) => {
          throw new Error('aborted', { cause: reason })
        })
      }),
      script(async ({ task, signal }) => void (await task.wait(60_000, { signal }))),
      script(async ({ task, signal }) => {
        await task.wait(60_000, { signal }).catch(() => {})
        throw new Error('a fault of its own')
      }),
    ],
  })
  await place.stop()
  await settle()
  expect(log.errors.map(({ cause }) => String(cause))).toEqual(['Error: a fault of its own'])
})

test('PL8 a place that stopped lets nobody in', async () => {
  const { place, join } = createTestPlace({ definition })
  const first = await join()
  await place.stop()
  const second = await join({ name: 'Late' })
  expect([first.closed?.code, second.closed?.code]).toEqual(['serverClosing', 'serverClosing'])
})

test('PL9 update() sends the touched path alone', async () => {
  const { place, join, tick } = createTestPlace({ definition: defineGame({ classes: [Bag] }) })
  const bag = new Bag({ name: 'Bag', parent: place.game.getService('Workspace') })
  bag.items = { sword: 1, shields: ['a', 'b', 'c'], notes: 'x'.repeat(5000) }
  const ana = await join()
  bag.update((draft) => {
    draft.items.sword = 2
    draft.items.shields.splice(1, 1)
    draft.items.shields.push('d')
    Reflect.set(draft.items, 'helmet', true)
  })
  await tick()
  expect(ana.frames.at(-1)?.length).toBeLessThan(200)
  expect(replicaView(ana.replica)).toEqual(view(place.game.snapshot, ana.welcome.playerId))
  const replica = ana.replica.getService('Workspace').findFirstChild('Bag') as Instance & { items: unknown }
  expect(replica.items).toEqual({ sword: 2, shields: ['a', 'c', 'd'], notes: 'x'.repeat(5000), helmet: true })
})

test('PL10 a script that is none is refused, by its number', () => {
  const scripts = [script(() => {}), () => {}] as readonly unknown[] as readonly Script[]
  expect(() => createPlace({ definition, scripts })).toThrow(
    expect.objectContaining({ code: 'invalidOption', message: expect.stringContaining('scripts[1]') }),
  )
})

test('PL10 a place with impossible numbers is refused', () => {
  const limits = { frameBytes: 65_535 }
  for (const wrong of [
    { tickHz: 5 },
    { tickHz: 61 },
    { maxPlayers: 0 },
    { graceMs: Number.NaN },
    { limits },
    { limits: { snapshotInstances: 0 } },
    { limits: { unsentBytes: -1 } },
  ]) {
    expect(() => createPlace({ definition, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalidOption' }),
    )
  }
})

test('PL11 a ping is answered at once, with the server clock', async () => {
  const { clock, join, settle } = createTestPlace({ definition })
  const ana = await join()
  ana.ping(123)
  await settle()
  expect(ana.messages.at(-1)).toEqual({ kind: 'pong', clientMs: 123, serverMs: clock.now() })
})

test('PL12 the stats count players, frames and ticks', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join()
  ana.ping(1)
  await tick()
  expect(place.stats).toMatchObject({
    players: 1,
    connected: 1,
    ticks: 1,
    framesIn: 1,
    invalid: 0,
    throttled: 0,
    late: 0,
  })
  ana.drop()
  await tick()
  expect(place.stats).toMatchObject({ players: 1, connected: 0, ticks: 2 })
})
