import { readFile } from 'node:fs/promises'
import { defineWorld } from '@banyan/playwright'
import { IntValue } from 'banyan'
import { remotes as countdown } from 'playground/countdown'
import { expect, pages, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'

test.describe('one test after the other', () => {
  test.describe.configure({ mode: 'serial' })

  for (const turn of ['first', 'second']) {
    test(`PW20 the ${turn} finds a place of its own and nothing that another left`, async ({ world }) => {
      const [ana] = await world.players('Ana', { path: '/countdown' })
      expect(world.place.players.getPlayers().map(({ name }) => name)).toEqual(['Ana'])
      expect(world.host.network.conditionsOf('Ana')).toEqual(world.host.network.conditionsOf('Nobody'))
      expect(world.host.openLines).toHaveLength(1)
      expect(world.place.game.getService('Workspace').getChildren()).toEqual([])
      new IntValue({ name: 'Left', parent: world.place.game.getService('Workspace') })
      await expect(ana).toSee('Workspace.Left')
      await world.network(ana, { latencyMs: 20 })
      ana.network.partition()
    })
  }
})

test('PW21 players come in order, each in a browser of their own', async ({ world }) => {
  const players = await world.players('Ana', 'Ben', 'Cleo', { path: '/countdown' })
  expect(world.place.players.getPlayers().map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Cleo'])
  expect(new Set(players.map(({ context }) => context)).size).toBe(3)
  for (const player of players)
    expect(await player.connection()).toMatchObject({ kind: 'joined', status: 'new' })
  expect(world.player('Ben')).toBe(players[1])
})

const { test: testNowhere } = defineWorld({ places: () => null, files: pages })

testNowhere('PW21 a player whose client is refused is told why', async ({ world }) => {
  await expect(world.players('Ana', { path: '/countdown' })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('noSuchPlace'),
  })
  expect(world.player('Ana').player).toBeNull()
})

test('PW24 a player whom nobody invited, and one invited twice, are refused', async ({ world }) => {
  await world.players('Ana')
  expect(() => world.player('Bo')).toThrow('there is only "Ana"')
  await expect(world.network('Bo', { latencyMs: 10 })).rejects.toMatchObject({ code: 'unknownPlayer' })
  await expect(world.players('Ana')).rejects.toMatchObject({ code: 'invalidOption' })
  await expect(world.network('Ana', { loss: 2 })).rejects.toThrow(/loss.*"?2/)
})

test('PW24 a page that is not open, has no door, or is closed says so', async ({ world, hello }) => {
  const [ana] = await world.players('Ana')
  await expect(ana.read('Workspace')).rejects.toThrow("Call open('/path') first")
  await ana.page.goto(hello.url)
  const asked = ana.connection()
  await expect(asked).rejects.toMatchObject({
    code: 'noDoor',
    message: expect.stringContaining('openDoor(client)'),
  })
  await ana.page.close()
  await expect(ana.tree()).rejects.toMatchObject({ code: 'pageClosed' })
})

test('PW24 a path that leads nowhere says what is there', async ({ world }) => {
  const [ana] = await world.players('Ana', { path: '/countdown' })
  await expect(ana.read('ReplicatedStorage.Countdwon.endsAt')).rejects.toThrow(
    /"ReplicatedStorage" has no child "Countdwon". It has: .*Countdown/,
  )
  await expect(ana.write('Workspace.Nobody', { name: 'x' })).rejects.toMatchObject({ code: 'refused' })
  await expect(ana.read('Workspaec')).rejects.toThrow(/It has: (?!.*Server).*Workspace/)
})

test('PW24 what a class does not have, and a name that somebody has in another spelling, are refused', async ({
  world,
}) => {
  const [ana] = await world.players('Ana', { path: '/countdown' })
  await expect(ana.write('ReplicatedStorage.Countdown', { secnds: 3 })).rejects.toThrow(
    /has no property "secnds"\. Write any of .*seconds/,
  )
  await expect(ana.write('ReplicatedStorage.Countdown', { seconds: 0.5 })).rejects.toThrow(/[^.]\.$/)
  await expect(world.players('ANA')).rejects.toThrow('there is a player of that name')
})

test('PW22 what is not seen is told with what the replica has', async ({ world }) => {
  const [ana] = await world.players('Ana', { path: '/countdown' })
  const problem = (seeing: Promise<void>) =>
    seeing.then(
      () => 'it was seen',
      (error: Error) => error.message,
    )
  const options = { timeout: 300 }
  expect(await problem(expect(ana).toSee('ReplicatedStorage.Countdown', { seconds: 7 }, options))).toContain(
    'seconds: is 0, not 7',
  )
  expect(await problem(expect(ana).toSee('ReplicatedStorage.Nothing', {}, options))).toContain(
    'has no child "Nothing"',
  )
  expect(
    await problem(expect(ana).not.toSee('ReplicatedStorage.Countdown', { seconds: 0 }, options)),
  ).toContain('still sees')
  expect(await problem(expect(ana).toSee('ReplicatedStorage.Countdown', { secs: 0 }, options))).toContain(
    'no such property',
  )
})

test('PW5 a test fires and reads as the player would, and acts on the server', async ({ world }) => {
  const [ana, ben] = await world.players('Ana', 'Ben', { path: '/countdown' })
  await ana.fire(countdown.startCountdown, { seconds: 30 })
  await expect(ben).toSee('ReplicatedStorage.Countdown', { startedBy: 'Ana', endsAt: expect.any(Number) })
  await expect(createCountdownPage(ben.page).number).toHaveText(/\d+/)

  new IntValue({ name: 'Flags', value: 3, parent: world.place.game.getService('Workspace') })
  await expect(ben).toSee('Workspace.Flags', { value: 3 })
  expect(await ben.tree()).toContain('Flags (IntValue) value=3')
  expect(ben.player?.name).toBe('Ben')
  await world.converged()
})

test('PW23 a replica that is not what it should be is named, with the path and both values', async ({
  world,
}) => {
  const [ana] = await world.players('Ana', { path: '/countdown' })
  new IntValue({ name: 'Flags', value: 3, parent: world.place.game.getService('Workspace') })
  await expect(ana).toSee('Workspace.Flags')
  // A line that holds everything back.
  ana.network.partition()
  const flags = world.place.game.getService('Workspace').findFirstChild('Flags', IntValue)
  if (flags !== null) flags.value = 4
  const { seq } = world.place.game.snapshot
  await world.until('the write is committed', () => world.place.game.snapshot.seq > seq)
  await expect(world.converged({ limitMs: 500 })).rejects.toThrow(
    /"Ana" is behind[\s\S]*Workspace\.Flags\.value[\s\S]*should be 4[\s\S]*is +3/,
  )
  ana.network.heal()
  await world.converged()
})

test('PW32 real time cannot be advanced', async ({ world }) => {
  await expect(world.advance(10)).rejects.toMatchObject({
    code: 'realClock',
    message: expect.stringContaining("test.use({ time: 'virtual' })"),
  })
})

test('PW2 the page that is tested is a test build of the same sources', async ({ world }) => {
  const [ana] = await world.players('Ana', { path: '/countdown' })
  expect(await ana.page.evaluate(() => 'banyan.door' in globalThis)).toBe(true)
  const served = await (await fetch(world.addressOf('/countdown', 'Ana'))).text()
  const built = new URL('../../apps/playground/dist-test/countdown.html', import.meta.url)
  expect(served).toBe(await readFile(built, 'utf8'))
})

test.describe('in virtual time', () => {
  test.use({ time: 'virtual' })

  test('PW30 PW31 the server and the pages stand still until they are advanced, and move together', async ({
    world,
  }) => {
    const [ana, ben] = await world.players('Ana', 'Ben', { path: '/countdown' })
    const now = () => Promise.all([ana, ben].map(({ page }) => page.evaluate(() => Date.now())))
    const before = await now()
    expect(before[0]).toBe(Math.round(world.host.clock.now()))
    expect(await now()).toEqual(before)
    const { ticks } = world.place.stats

    await world.network(ben, { latencyMs: 200 })
    await ana.fire(countdown.startCountdown, { seconds: 3 })
    await world.advance(200)
    await expect(ana).toSee('ReplicatedStorage.Countdown', { startedBy: 'Ana' })
    await expect(ben).toSee('ReplicatedStorage.Countdown', { startedBy: '' })
    await world.advance(300)
    await expect(ben).toSee('ReplicatedStorage.Countdown', { startedBy: 'Ana' })
    // One more or less where a tick falls on a border.
    expect(Math.abs(world.place.stats.ticks - ticks - 15)).toBeLessThanOrEqual(1)
    expect(await now()).toEqual(before.map((ms) => ms + 500))
    await expect(world.advance(0.5)).rejects.toMatchObject({ code: 'invalidOption' })
  })
})
