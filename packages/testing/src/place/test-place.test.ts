import { describe, expect, test } from 'vitest'
import { definition, quiz, Racer, remotes } from '../../fixtures/quiz-game.ts'
import { expectConverged } from '../oracle/expect-converged.ts'
import { createTestPlace } from './create-test-place.ts'
import type { TestPlaceOptions } from './test-place-options.ts'

const open = (options: Partial<TestPlaceOptions> = {}) =>
  createTestPlace({ definition, scripts: [quiz], ...options })

describe('a test place', () => {
  test('TP1 is a real server with real clients, who see what it does', async () => {
    await using place = await open({ players: ['ana', 'bo'] })
    const [ana, bo] = [place.player('ana'), place.player('bo')]
    await place.tick()
    expect(ana.client.find('Workspace.bo', Racer)?.lap).toBe(0)
    const racer = place.game.getService('Workspace').findFirstChild('bo', Racer)
    if (racer !== null) racer.lap = 2
    await place.tick()
    expect([ana, bo].map(({ client }) => client.find('Workspace.bo', Racer)?.lap)).toEqual([2, 2])
    const told: string[] = []
    bo.remote(remotes.told).onClientEvent.connect(({ text }) => told.push(text))
    ana.remote(remotes.said).fireServer({ text: 'hello' })
    await place.tick()
    expect(told).toEqual(['ana: hello'])
    const answer = ana.remote(remotes.doubled).invokeServer(21)
    await place.rest()
    expect(await answer).toBe(42)
    expectConverged(place)
  })

  test('TP2 lets time pass as far as the test says, tick by tick', async () => {
    await using place = await open({ tickHz: 20 })
    const { ticks } = place.server.stats
    await place.advance(1000)
    expect(place.server.stats.ticks - ticks).toBe(20)
    await place.tick()
    expect(place.server.stats.ticks - ticks).toBe(21)
    const startMs = place.clock.now()
    await place.until('half a second passes', () => place.clock.now() >= startMs + 500)
    expect(place.clock.now() - startMs).toBeLessThan(600)
    await expect(place.until('a miracle', () => false, { limitMs: 100 })).rejects.toThrow(
      expect.objectContaining({ code: 'didNotHappen', message: expect.stringContaining('a miracle') }),
    )
  })

  test('TP3 lets players join, leave, come back after a cut and after a reload', async () => {
    await using place = await open({ players: ['ana'] })
    const ana = place.player('ana')
    const player = ana.player
    await ana.reconnect()
    expect(ana.client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
    const before = ana.client
    await ana.reload()
    expect(ana.client).not.toBe(before)
    expect(ana.client.state).toMatchObject({ kind: 'joined', status: 'rejoined' })
    expect(ana.player).toBe(player)
    const cy = await place.join('cy')
    await place.tick()
    expect(ana.client.find('Workspace.cy')).not.toBeNull()
    await cy.leave()
    await place.tick()
    expect(ana.client.find('Workspace.cy')).toBeNull()
    expect(cy.player).toBeNull()
  })
})

test('TP4 another run of the server has an empty memory, and everyone comes back', async () => {
  await using place = await open({ players: ['ana'] })
  await place.tick()
  const racer = place.game.getService('Workspace').findFirstChild('ana', Racer)
  if (racer !== null) racer.lap = 4
  await place.tick()
  const before = place.server
  await place.restart()
  expect(place.server).not.toBe(before)
  await place.until('ana is back', () => place.player('ana').client.state.kind === 'joined')
  await place.tick()
  expect(place.player('ana').client.find('Workspace.ana', Racer)?.lap).toBe(0)
})

test('TP4 restarts that nobody waited for follow each other', async () => {
  await using place = await open({ players: ['ana'] })
  void place.restart()
  await place.restart()
  await place.until('ana is back', () => place.player('ana').client.state.kind === 'joined')
})

test('TP5 an invited player connects when the test says so, with options of its own', async () => {
  await using place = await open()
  const ana = place.invite('ana', { client: { name: 'Countess' } })
  await place.advance(1000)
  expect(ana.client.state).toEqual({ kind: 'idle' })
  await ana.join()
  expect(ana.player?.name).toBe('Countess')
})

test('TP13 onCommit gets each commit that has operations, of every run', async () => {
  const seen: number[] = []
  await using place = await open({ scripts: [], onCommit: ({ seq }) => void seen.push(seq) })
  await place.tick()
  await place.tick()
  // The remotes of the game.
  expect(seen).toEqual([2])
  place.game.getService('Workspace').setAttribute('round', 1)
  await place.tick()
  expect(seen).toEqual([2, 3])
  await place.restart()
  await place.tick()
  expect(seen).toEqual([2, 3, 2])
})

test('TP9 after its end a place lets no time pass', async () => {
  const place = await open({ players: ['ana'] })
  await place[Symbol.asyncDispose]()
  await expect(place.tick()).rejects.toThrow(expect.objectContaining({ code: 'placeEnded' }))
  await expect(place.join('bo')).rejects.toThrow('this test place has ended')
  await place[Symbol.asyncDispose]()
})
