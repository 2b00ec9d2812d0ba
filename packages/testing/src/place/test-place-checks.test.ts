// What the end of a test place finds, and how wrong use is told.

import { createMemoryStorage } from '@banyan/client'
import { applyPatch } from '@banyan/datamodel'
import { createMemoryTransport } from '@banyan/protocol'
import { script } from '@banyan/server'
import { describe, expect, test } from 'vitest'
import { definition, quiz, Racer, remotes } from '../../fixtures/quiz-game.ts'
import { expectConverged } from '../oracle/expect-converged.ts'
import { createTestPlace } from './create-test-place.ts'
import type { TestPlace } from './test-place.ts'
import type { TestPlaceOptions } from './test-place-options.ts'

const open = (options: Partial<TestPlaceOptions> = {}) =>
  createTestPlace({ definition, scripts: [quiz], ...options })

/** Ends a place and tells what its checks threw. */
async function problemOf(place: TestPlace): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await place[Symbol.asyncDispose]()
  } catch (error) {
    return error as { readonly code: string; readonly message: string }
  }
  return { code: 'none', message: '' }
}

describe('the end of a test place', () => {
  test('OR2 finds a replica that is not its view, and names the path and both values', async () => {
    const place = await open({ players: ['ana'] })
    await place.tick()
    const { game } = place.player('ana')
    const { seq, tick, timeMs } = game.snapshot
    const id = game.getService('Workspace').findFirstChild('ana')?.id ?? 0
    const lap = Racer.schema.propertyByName.get('lap')?.index ?? -1
    applyPatch(game, { seq, tick, timeMs, operations: [{ kind: 'set', id, properties: [[lap, 9]] }] })
    expect(() => expectConverged(place)).toThrow(/"ana".*\n.*Workspace\.ana\.lap\n.*should be 0\n.*is {4}9/)
    expect(await problemOf(place)).toMatchObject({ code: 'diverged' })
  })

  test('TP6 heals every line and waits for everyone before it compares', async () => {
    const place = await open({ players: ['ana', 'bo', 'cy'] })
    place.player('ana').network.partition()
    place.player('bo').network.block()
    place.player('cy').hide()
    await place.advance(3000)
    const racer = place.game.getService('Workspace').findFirstChild('cy', Racer)
    if (racer !== null) racer.lap = 3
    await place.tick()
    expect(await problemOf(place)).toEqual({ code: 'none', message: '' })
    for (const { client } of place.players) expect(client.find('Workspace.cy', Racer)?.lap).toBe(3)
  })

  test('LK1 a timer that a script left is named, with the line that set it', async () => {
    const leaky = script(({ clock }) => {
      clock.every(500, () => {})
    })
    const problem = await problemOf(await open({ scripts: [leaky] }))
    expect(problem.code).toBe('leaked')
    expect(problem.message).toMatch(/timer of the server still waits.*test-place-checks\.test\.ts/)
  })

  test('LK4 the timers that wait can be read while the place stands, with their owners', async () => {
    await using place = await open({ players: ['ana'] })
    const owners = () => new Set(place.timers.map(({ owner }) => owner))
    expect(owners()).toEqual(new Set(['the server', '"ana"']))
    const cancel = place.clock.after(70, () => {})
    expect(place.timers.at(-1)).toMatchObject({ owner: 'the test', dueMs: place.clock.now() + 70 })
    cancel()
    await place.player('ana').leave()
    expect(owners()).toEqual(new Set(['the server']))
  })

  test('LK5 a listener of frames that is left is named once, with the line that put it there', async () => {
    const place = await open({ players: ['ana'] })
    place.player('ana').client.frames.subscribe(() => {})
    const where = '\\S*test-place-checks\\.test\\.ts:\\d+:\\d+'
    expect(await problemOf(place)).toMatchObject({
      code: 'leaked',
      message: expect.stringMatching(
        new RegExp(`^a frame listener of "ana" is left; it was set at .*${where}[^\\n]*$`),
      ),
    })
  })

  test('LK2 a line that nobody closed is named', async () => {
    const place = await open()
    const handlers = { onOpen() {}, onFrame() {}, onClose() {} }
    const other = createMemoryTransport({ schedule: (run) => place.clock.after(0, run) })
    place.network.wrap(other.server).listen(() => handlers)
    other.client.connect(handlers)
    await place.rest()
    expect(await problemOf(place)).toMatchObject({
      code: 'leaked',
      message: expect.stringMatching(/line \d+ of "somebody" is still open/),
    })
  })

  test('LK3 a listener left on the process is named', async () => {
    const place = await open()
    const listener = (): void => {}
    process.on('SIGUSR2', listener)
    const problem = await problemOf(place)
    process.off('SIGUSR2', listener)
    expect(problem).toMatchObject({ code: 'leaked', message: expect.stringContaining('"SIGUSR2"') })
  })

  test('TP7 what was logged fails the test unless the test took it', async () => {
    const failing = script(({ remote }) => {
      remote(remotes.said).onServerEvent.connect(() => {
        throw new Error('a fault in the handler')
      })
    })
    const place = await open({ scripts: [failing], players: ['ana'] })
    place.player('ana').remote(remotes.said).fireServer({ text: 'x' })
    await place.tick()
    expect(place.takeLogged()).toEqual([expect.stringContaining('a fault in the handler')])
    place.player('ana').remote(remotes.said).fireServer({ text: 'x' })
    await place.tick()
    expect(await problemOf(place)).toMatchObject({
      code: 'logged',
      message: expect.stringMatching(/a fault in the handler[\s\S]*takeLogged/),
    })
  })

  test('TP7 what is logged while the scripts stop fails the test', async () => {
    const failing = script(() => () => {
      throw new Error('a fault while stopping')
    })
    expect(await problemOf(await open({ scripts: [failing] }))).toMatchObject({
      code: 'logged',
      message: expect.stringContaining('a fault while stopping'),
    })
  })

  test('TM5 real time that a script read fails the test, also where nobody saw the error', async () => {
    const impatient = script(({ workspace }) => {
      try {
        workspace.setAttribute('now', Date.now())
      } catch {
        workspace.setAttribute('now', 0)
      }
    })
    expect(await problemOf(await open({ scripts: [impatient] }))).toMatchObject({
      code: 'realTime',
      message: expect.stringContaining('cannot use Date.now while a test place stands'),
    })
  })
})

describe('wrong use of a test place', () => {
  test('TP8 names the players there are', async () => {
    await using place = await open({ players: ['ana', 'bo'] })
    expect(() => place.player('zed')).toThrow(
      expect.objectContaining({
        code: 'unknownPlayer',
        message: 'cannot find player "zed": there is only "ana", "bo". Call place.join("zed") first.',
      }),
    )
    expect(() => place.viewAs('zed')).toThrow('cannot find player "zed"')
  })

  test('TP8 refuses seeds, names and conditions that cannot be', async () => {
    await expect(open({ seed: 0.5 })).rejects.toThrow('seed 0.5')
    await expect(open({ network: { loss: 2 } })).rejects.toThrow('loss')
    await using place = await open({ players: ['ana'] })
    await expect(place.join('ana')).rejects.toThrow('there is a player of that name')
    // The server would make "ana 2" of it.
    await expect(place.join('Ana')).rejects.toThrow('place.player("ana")')
    await expect(place.join('stranger')).rejects.toThrow('viewAs')
    for (const name of ['', ' ana', 'a'.repeat(21), 'a\u0000b', 'a  b', '\u200b', '\ud800']) {
      await expect(place.join(name)).rejects.toThrow('a name has 1 to 20 characters')
    }
    expect(() => place.player('ana').network.set({ latencyMs: -1 })).toThrow('latencyMs')
  })

  test.each([
    [{ sedd: 4 }, '"sedd": there is no such option. Use any of authenticate'],
    [{ checks: { leak: false } }, '"leak": there is no such check. Use any of converged'],
    [{ definition: undefined }, 'without a definition'],
    [{ definition: {} }, 'without a definition'],
    [{ players: 'ana' }, '"players" join: they are no list'],
    [{ players: [3] }, 'cannot let 3 join'],
    [{ scripts: quiz }, '"scripts": they are no list'],
    [{ seed: '3' }, 'seed "3": it is no whole number'],
  ])('TP8 refuses the options %j', async (options, problem) => {
    const refusal = expect.objectContaining({
      code: 'invalidOption',
      message: expect.stringContaining(problem),
    })
    await expect(open(options as unknown as Partial<TestPlaceOptions>)).rejects.toThrow(refusal)
  })

  test('TP8 who is not in cannot reconnect, and a promise is no condition', async () => {
    await using place = await open({ players: ['ana'] })
    const ana = place.player('ana')
    await ana.leave()
    const refusal = (problem: string) =>
      expect.objectContaining({ code: 'invalidOption', message: expect.stringContaining(problem) })
    await expect(ana.reconnect()).rejects.toThrow(refusal('Call player.join() first'))
    await expect(place.invite('bo').reconnect()).rejects.toThrow(refusal('cannot reconnect "bo"'))
    const condition = (async () => false) as unknown as () => boolean
    await expect(place.until('x', condition)).rejects.toThrow(refusal('Return true or false'))
  })

  test('TP8 refuses options of its methods that there are not, and those of another kind', async () => {
    await using place = await open({ players: ['ana'] })
    const refusal = (problem: string) =>
      expect.objectContaining({ code: 'invalidOption', message: expect.stringContaining(problem) })
    const wrong = (options: object) => options as never
    await expect(place.join('bo', wrong({ netwrk: {} }))).rejects.toThrow(refusal('"netwrk"'))
    await expect(place.until('x', () => true, wrong({ limit: 5 }))).rejects.toThrow(refusal('"limit"'))
    await expect(
      place.until(
        wrong(() => true),
        wrong({}),
      ),
    ).rejects.toThrow(refusal('then the condition'))
    expect(() => place.viewAs('ana', wrong({ nameOnly: true }))).toThrow(refusal('"nameOnly"'))
    expect(() => place.timeline(wrong({ from: 5 }))).toThrow(refusal('"from"'))
    expect(() => place.timeline({ limit: -1 })).toThrow(refusal('limit -1'))
    expect(() => place.timeline({ fromMs: wrong('5' as never) })).toThrow(refusal('fromMs "5"'))
    expect(() => place.timeline({ player: 'zed' })).toThrow('there is only "ana"')
    await expect(place.advance(wrong('5' as never))).rejects.toThrow(refusal('cannot let "5" ms pass'))
  })

  test('TP8 tells why the server refused a player', async () => {
    await using place = await open({ players: ['ana'], maxPlayers: 1 })
    await expect(place.join('bo')).rejects.toThrow(
      expect.objectContaining({ code: 'refused', message: expect.stringContaining('placeFull') }),
    )
    const late = place.invite('cy', { client: { storage: createMemoryStorage() } })
    late.client.connect()
    await place.rest()
    expect(late.client.state).toMatchObject({ kind: 'closed', code: 'placeFull' })
  })
})

test('TP10 a place that cannot be made leaves nothing behind', async () => {
  const { now } = Date
  await expect(open({ network: { latencyMs: -1 } })).rejects.toThrow('latencyMs')
  await expect(open({ players: ['ana', 'bo'], maxPlayers: 1 })).rejects.toThrow('placeFull')
  await expect(open({ tickHz: 1000 })).rejects.toThrow('tickHz')
  expect(Date.now).toBe(now)
})

test('TP11 time that passed without anyone waiting for it fails the test', async () => {
  const place = await open({ players: ['ana'] })
  void place.advance(100)
  expect(await problemOf(place)).toMatchObject({
    code: 'notAwaited',
    message: expect.stringMatching(/test-place-checks\.test\.ts.*Write await before every advance/),
  })
})
