import { expect, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { createRacePage } from '../pages/race-page.ts'

test('A second tab of the same player takes over; the first one says so, stays aside, and can take the player back', async ({
  playground,
  place,
  invite,
}) => {
  const ana = await invite('Ana')
  const first = createCountdownPage(ana.page)
  await first.open(place, playground.url)
  await expect(first.players).toHaveText([/^Ana \(you\)$/])
  expect(ana.received.socketCount, 'a window needs one connection').toBe(1)
  const second = createCountdownPage(await ana.openWindow())
  await second.open(place, playground.url)

  await expect(first.notice).toContainText('You are playing in another tab')
  await expect(second.players).toHaveText([/^Ana \(you\)$/])
  const socketsAfterTakeOver = ana.received.socketCount
  await second.shownNumbers.record()
  await second.start(3).click()
  await expect
    .poll(async () => (await second.shownNumbers.all()).map(({ text }) => text))
    .toEqual(['Ready', '3', '2', '1', 'Go', 'Ready'])
  await expect(first.notice).toBeVisible()
  expect(ana.received.socketCount, 'the first tab does not fight back').toBe(socketsAfterTakeOver)

  await first.page.getByRole('button', { name: 'Play here instead' }).click()
  await expect(first.players).toHaveText([/^Ana \(you\)$/])
  await expect(second.notice).toContainText('You are playing in another tab')
})

test('"Open a second player" opens a window that is someone else in the same place', async ({
  playground,
  place,
  invite,
}) => {
  const ana = await invite('Ana')
  const first = createRacePage(ana.page)
  await first.open(place, playground.url)
  await expect(first.startButton).toBeVisible()
  const opened = ana.context.waitForEvent('page')
  await first.secondPlayerLink.click()
  const second = createRacePage(await opened)

  await expect(first.drivers).toHaveCount(2)
  await expect(second.drivers).toHaveText([/^Ana/, /\(you\)/])
  await expect(first.notice).toHaveCount(0)
  expect(await second.page.evaluate(() => window.opener)).toBeNull()
})

test('People in different places never meet', async ({ playground, place, invite }) => {
  const ana = createCountdownPage((await invite('Ana')).page)
  const ben = createCountdownPage((await invite('Ben')).page)
  await ana.open(place, playground.url)
  await ben.open(`${place}-b`, playground.url)
  await expect(ana.players).toHaveText([/^Ana \(you\)$/])
  await expect(ben.players).toHaveText([/^Ben \(you\)$/])
  await ben.shownNumbers.record()
  await ana.start(3).click()
  await expect(ana.number).toHaveText('3')
  await expect(ana.number).toHaveText('Ready')
  expect((await ben.shownNumbers.all()).map(({ text }) => text)).toEqual(['Ready'])
  await expect(ben.start(3)).toBeEnabled()
})

test('A place that cannot be says so', async ({ playground, invite }) => {
  const ana = createCountdownPage((await invite('Ana')).page)
  await ana.open('no%20such!', playground.url)
  await expect(ana.notice).toContainText('There is no such place')
})
