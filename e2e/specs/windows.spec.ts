import type { WebSocketRoute } from '@playwright/test'
import { expect, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { createRacePage } from '../pages/race-page.ts'

test('A second tab of the same player takes over; the first one says so, stays aside, and can take the player back', async ({
  world,
  visitOf,
}) => {
  const [ana] = await world.players('Ana', { path: '/countdown' })
  const { received } = visitOf(ana)
  const first = createCountdownPage(ana.page)
  await expect(first.players).toHaveText([/^Ana \(you\)$/])
  expect(received.socketCount, 'a window needs one connection').toBe(1)
  const second = createCountdownPage(await ana.context.newPage())
  await second.page.goto(world.addressOf('/countdown', 'Ana'))

  await expect(first.notice).toContainText('You are playing in another tab')
  await expect(second.players).toHaveText([/^Ana \(you\)$/])
  const socketsAfterTakeOver = received.socketCount
  await second.shownNumbers.record()
  await second.start(3).click()
  await expect
    .poll(async () => (await second.shownNumbers.all()).map(({ text }) => text))
    .toEqual(['Ready', '3', '2', '1', 'Go', 'Ready'])
  await expect(first.notice).toBeVisible()
  expect(await ana.connection()).toMatchObject({ kind: 'closed', code: 'takenOver' })
  expect(received.socketCount, 'the first tab does not fight back').toBe(socketsAfterTakeOver)

  await first.page.getByRole('button', { name: 'Play here instead' }).click()
  await ana.reaches('joined')
  await expect(first.players).toHaveText([/^Ana \(you\)$/])
  await expect(second.notice).toContainText('You are playing in another tab')
})

test('A tab that comes back online leaves the player to the tab that has taken over meanwhile', async ({
  world,
  visitOf,
}) => {
  const [ana] = await world.players('Ana', { path: '/countdown' })
  visitOf(ana).watch.expect(/WebSocket|ERR_/)
  const first = createCountdownPage(ana.page)
  const second = createCountdownPage(await ana.context.newPage())
  const lines = new Set<WebSocketRoute>()
  let isOffline = false
  await second.page.route('**/banyan/**', (route) => (isOffline ? route.abort() : route.continue()))
  await second.page.routeWebSocket('**/banyan/**', async (line) => {
    if (isOffline) return line.close()
    line.connectToServer()
    lines.add(line)
  })
  await second.page.goto(world.addressOf('/countdown', 'Ana'))
  await expect(second.players).toHaveText([/^Ana \(you\)$/])

  isOffline = true
  for (const line of lines) await line.close()
  await expect(second.banner).toContainText('Connection lost. Reconnecting')
  await first.page.getByRole('button', { name: 'Play here instead' }).click()
  await ana.reaches('joined')
  isOffline = false
  await expect(second.notice).toContainText('You are playing in another tab')
  await expect(first.players).toHaveText([/^Ana \(you\)$/])
  await ana.reaches('joined')
})

test('"Open a second player" opens a window that is someone else in the same place', async ({ world }) => {
  const [ana] = await world.players('Ana', { path: '/race' })
  const first = createRacePage(ana.page)
  await expect(first.startButton).toBeVisible()
  const opened = ana.context.waitForEvent('page')
  await first.secondPlayerLink.click()
  const second = createRacePage(await opened)

  await expect(first.drivers).toHaveCount(2)
  await expect(second.drivers).toHaveText([/^Ana/, /\(you\)/])
  await expect(first.notice).toHaveCount(0)
  expect(await second.page.evaluate(() => window.opener)).toBeNull()
  expect(world.place.players.getPlayers()).toHaveLength(2)
})

test('People in different places never meet', async ({ world }) => {
  const [anaPlays] = await world.players('Ana', { path: '/countdown' })
  const [benPlays] = await world.players('Ben')
  const ana = createCountdownPage(anaPlays.page)
  const ben = createCountdownPage(benPlays.page)
  await ben.page.goto(`${world.addressOf('/countdown', 'Ben')}-b`)
  await expect(ana.players).toHaveText([/^Ana \(you\)$/])
  await expect(ben.players).toHaveText([/^Ben \(you\)$/])
  await ben.shownNumbers.record()
  await ana.start(3).click()
  await expect(ana.number).toHaveText('3')
  await expect(ana.number).toHaveText('Ready')
  expect((await ben.shownNumbers.all()).map(({ text }) => text)).toEqual(['Ready'])
  await expect(ben.start(3)).toBeEnabled()
})

test('A place that cannot be says so', async ({ world }) => {
  const [ana] = await world.players('Ana')
  const { page, notice } = createCountdownPage(ana.page)
  await page.goto(`${world.url}/countdown?place=no%20such!`)
  await expect(notice).toContainText('There is no such place')
  expect(await ana.connection()).toMatchObject({ kind: 'closed', code: 'noSuchPlace' })
})
