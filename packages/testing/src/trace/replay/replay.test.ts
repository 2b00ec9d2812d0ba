import { type Create, replicaView } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import { Drinker, definition, remotes } from '../../../fixtures/drinker-game.ts'
import { openPotions } from '../../../fixtures/drinker-place.ts'
import type { TestPlace } from '../../place/test-place.ts'
import type { TestPlayer } from '../../place/test-player.ts'
import { timeline } from '../timeline/timeline.ts'
import { decodeTrace, encodeTrace } from '../trace-codec.ts'
import { replayTrace } from './replay.ts'

/** What a player has, and when. */
interface Sight {
  readonly ms: number
  readonly view: readonly Create[]
}

function look({ clock, recorder }: TestPlace, player: TestPlayer): Sight {
  return { ms: clock.now() - recorder.trace().startMs, view: replicaView(player.game) }
}

async function expectSights(place: TestPlace, player: string, sights: readonly Sight[]): Promise<void> {
  const trace = decodeTrace(encodeTrace(place.recorder.trace()))
  await using replay = replayTrace(trace, { definition, player })
  for (const { ms, view } of sights) {
    await replay.to(ms)
    expect(replicaView(replay.client.game)).toEqual(view)
  }
  await replay.toEnd()
  expect(replay.logged).toEqual([])
  if (trace.missing === 0) expect(timeline(trace, definition)).not.toContain('cannot take')
}

describe('a replay', () => {
  test('TC17 has at each moment what the recorded player had', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    const { recorder } = place
    const bo = place.player('bo')
    const sights: Sight[] = []
    for (const potion of ['mint', 'sage', 'thyme']) {
      place.player('ana').remote(remotes.drink).fireServer({ potion })
      await place.advance(120)
      sights.push(look(place, bo))
    }
    await expectSights(place, 'bo', sights)
    await using replay = replayTrace(recorder.trace(), { definition, player: 'bo' })
    await replay.to(sights[0]?.ms ?? 0)
    expect(replay.client.find('Workspace.Racers.ana', Drinker)?.visible).toBe(false)
    expect(replay.client.localPlayer?.name).toBe('bo')
    expect(replay.nowMs).toBe(sights[0]?.ms)
  })

  test('TC18 follows its player through cuts, reloads, a restart and silence', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'], graceMs: 60_000 })
    const [ana, bo] = [place.player('ana'), place.player('bo')]
    const sights: Sight[] = []
    const act = async (potion: string) => {
      bo.remote(remotes.drink).fireServer({ potion })
      await place.settle()
      sights.push(look(place, ana))
    }
    await act('mint')
    ana.network.cut()
    await act('sage')
    await place.until('ana is back', () => ana.client.state.kind === 'joined')
    expect(ana.client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    await ana.reload()
    await act('thyme')
    await place.restart()
    await place.until('both are back', () => place.witnesses.length === 2)
    await act('rose')
    ana.network.partition()
    await place.advance(20_000)
    ana.network.heal()
    await place.until('ana is back', () => ana.client.state.kind === 'joined')
    await act('elder')
    place.takeLogged()
    await expectSights(place, 'ana', sights)
  })

  test('TC18 is without a line while its player was, and lacks what was cut', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    const [ana, bo] = [place.player('ana'), place.player('bo')]
    await place.settle()
    ana.network.set({ down: { latencyMs: 300 } })
    bo.remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.advance(50)
    ana.network.block()
    await place.advance(1000)
    const alone = look(place, ana)
    ana.network.heal()
    await place.until('ana is back', () => ana.client.state.kind === 'joined')
    const trace = place.recorder.trace()
    const told = timeline(trace, definition, { player: 'ana' })
    expect(told.slice(told.indexOf('welcome, resumed'))).toContain('tag Workspace.Racers.bo with [drunk]')
    await using replay = replayTrace(trace, { definition, player: 'ana' })
    await replay.to(alone.ms)
    expect(replay.client.state.kind).toBe('reconnecting')
    expect(replicaView(replay.client.game)).toEqual(alone.view)
    expect(replay.client.find('Workspace.Racers.bo')?.hasTag('drunk')).toBe(false)
    await replay.toEnd()
    expect(replay.client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    expect(replay.client.find('Workspace.Racers.bo')?.hasTag('drunk')).toBe(true)
  })

  test('TC18 follows its player where the line flaps and frames are late', async () => {
    for (const seed of [1, 2, 3]) {
      await using place = await openPotions({ players: ['ana', 'bo'], seed })
      const [ana, bo] = [place.player('ana'), place.player('bo')]
      ana.network.set({ latencyMs: 40, jitterMs: 60, flap: { upMs: [200, 900], downMs: [100, 400] } })
      for (let round = 0; round < 30; round += 1) {
        bo.remote(remotes.drink).fireServer({ potion: `p${round}` })
        bo.remote(remotes.steer).fireServer({ angle: round })
        await place.advance(150)
      }
      place.network.clear()
      await place.until('ana is back', () => ana.client.state.kind === 'joined')
      await place.settle()
      const { entries } = place.recorder.trace()
      expect(
        entries.filter((entry) => entry.kind === 'close' && entry.player === 'ana').length,
      ).toBeGreaterThan(3)
      await expectSights(place, 'ana', [look(place, ana)])
    }
  })

  test('TC19 hears events, each once, and what it sends goes nowhere', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'] })
    const { recorder } = place
    place.player('ana').remote(remotes.drink).fireServer({ potion: 'mint' })
    await place.settle()
    await place.player('bo').reconnect()
    await place.advance(30_000)
    const framesBefore = place.server.stats.framesIn
    await using replay = replayTrace(recorder.trace(), { definition, player: 'bo' })
    const heard: unknown[] = []
    replay.client.remote(remotes.drunk).onClientEvent.connect(({ by, target }) => heard.push([by, target]))
    replay.client.remote(remotes.drink).fireServer({ potion: 'sage' })
    await replay.toEnd()
    expect(heard).toEqual([['ana', replay.client.find('Workspace.Racers.ana')]])
    expect(replay.client.state.kind).toBe('joined')
    expect(replay.logged).toEqual([])
    expect(place.server.stats.framesIn).toBe(framesBefore)
  })

  test('TC19 keeps its line where the recorded page was hidden and quiet', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const { recorder } = place
    place.player('ana').hide()
    await place.advance(600_000)
    await using replay = replayTrace(recorder.trace(), { definition, player: 'ana' })
    const states: string[] = []
    replay.client.onState(() => states.push(replay.client.state.kind))
    await replay.toEnd()
    expect(states).toEqual(['connecting', 'joined'])
  })

  test('TC20 goes forward only', async () => {
    await using place = await openPotions({ players: ['ana'] })
    await place.advance(1000)
    await using replay = replayTrace(place.recorder.trace(), { definition, player: 'ana' })
    await replay.to(500)
    await replay.to(500)
    await expect(replay.to(499)).rejects.toThrow(
      expect.objectContaining({
        code: 'invalidOption',
        message: expect.stringContaining('Open another replay'),
      }),
    )
    for (const time of ['600', Number.NaN, Infinity]) {
      await expect(replay.to(time as number)).rejects.toThrow('it is no number')
    }
    expect(replay.nowMs).toBe(500)
  })

  test('TC20 refuses another definition, and who is not in the trace', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const trace = place.recorder.trace()
    expect(() => replayTrace(trace, { definition: defineGame({}), player: 'ana' })).toThrow(
      expect.objectContaining({ code: 'otherDefinition' }),
    )
    expect(() => replayTrace(trace, { definition, player: 'zoe' })).toThrow(
      expect.objectContaining({
        code: 'unknownPlayer',
        message: expect.stringContaining('there is only "ana"'),
      }),
    )
  })

  test('TC20 begins at a later snapshot where the beginning is missing, and needs one', async () => {
    await using place = await openPotions({ players: ['ana', 'bo'], recordedBytes: 4096 })
    const { recorder } = place
    for (let round = 0; round < 30; round += 1) {
      place.player('bo').remote(remotes.steer).fireServer({ angle: round })
      await place.tick()
    }
    const late = recorder.trace()
    expect(late.missing).toBeGreaterThan(0)
    expect(() => replayTrace(late, { definition, player: 'ana' })).toThrow(
      expect.objectContaining({ code: 'invalidTrace', message: expect.stringContaining('larger maxBytes') }),
    )
    await place.player('ana').reload()
    await place.settle()
    await expectSights(place, 'ana', [look(place, place.player('ana'))])
  })

  test('TC21 leaves no timer behind', async () => {
    await using place = await openPotions({ players: ['ana'] })
    const replay = replayTrace(place.recorder.trace(), { definition, player: 'ana' })
    await replay.toEnd()
    await replay[Symbol.asyncDispose]()
    expect(replay.client.state).toMatchObject({ kind: 'closed', code: 'left' })
  })
})
