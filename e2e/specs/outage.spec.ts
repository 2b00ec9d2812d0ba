import { expect, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { createRacePage } from '../pages/race-page.ts'

/** What Chromium itself writes to the console for each connection that fails. */
const failedConnection = /net::ERR_|WebSocket connection to/

test('A lost connection is said, the world stays, and the same player goes on', async ({
  playground,
  place,
  wire,
  invite,
}) => {
  const anaVisits = await invite('Ana')
  const ana = createRacePage(anaVisits.page)
  const ben = createRacePage((await invite('Ben')).page)
  await ana.open(place, wire.url)
  await ben.open(place, playground.url)
  await ana.readyButton.click()
  await ben.readyButton.click()
  await expect(ana.stage).toHaveAttribute('data-phase', 'racing')
  const { own: before } = await ana.replica.race()
  const stage = await ana.stage.elementHandle()

  anaVisits.watch.expect(failedConnection)
  await wire.cut()
  await expect(ana.banner).toContainText('Connection lost. Reconnecting')
  await expect(ana.stage).toBeVisible()
  await expect(ana.numbers).toContainText('Lap 1 of 3')
  await wire.mend()
  await expect(ana.banner).toBeEmpty()

  const { own: after, racers } = await ana.replica.race()
  expect(after).toMatchObject({ id: before?.id, name: 'Ana' })
  expect(racers).toHaveLength(2)
  await ana.page.keyboard.press('p')
  await expect(ana.potionButton).toHaveText(/Unseen/)
  await expect
    .poll(async () => (await ben.replica.race()).racers)
    .toContainEqual(expect.objectContaining({ id: before?.id, visible: false }))
  expect(await stage?.evaluate(({ isConnected }) => isConnected), 'nothing flashed to empty').toBe(true)
})

test('A browser that goes offline and comes back goes on as the same player', async ({
  playground,
  place,
  invite,
}) => {
  const anaVisits = await invite('Ana')
  const ana = createCountdownPage(anaVisits.page)
  const ben = createCountdownPage((await invite('Ben')).page)
  await ana.open(place, playground.url)
  await ben.open(place, playground.url)
  await expect(ana.players).toHaveText([/^Ana \(you\)$/, /^Ben$/])

  anaVisits.watch.expect(failedConnection)
  await anaVisits.context.setOffline(true)
  await expect(ana.banner).toContainText('Connection lost. Reconnecting')
  await expect(ben.players).toHaveText([/^Ana \(away\)$/, /^Ben \(you\)$/])
  await ben.start(3).click()
  await anaVisits.context.setOffline(false)
  await expect(ana.banner).toBeEmpty()
  await expect(ben.players).toHaveText([/^Ana$/, /^Ben \(you\)$/])
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
})

test('A restarted server is survived without a reload, and clearly told', async ({
  ownPlayground,
  place,
  invite,
}) => {
  const anaVisits = await invite('Ana')
  const benVisits = await invite('Ben')
  const ana = createCountdownPage(anaVisits.page)
  const ben = createCountdownPage(benVisits.page)
  for (const each of [ana, ben]) await each.open(place, ownPlayground.url)
  await expect(ana.players).toHaveCount(2)
  await ana.start(30).click()
  // After a second the server has confirmed the call, so that Ana's client has nothing to report as lost.
  for (const each of [ana, ben]) await expect(each.number).toHaveText(/^(2[0-8]|1\d|\d)$/)

  for (const { watch } of [anaVisits, benVisits]) watch.expect(failedConnection)
  await ownPlayground.stop('SIGKILL')
  for (const each of [ana, ben]) await expect(each.banner).toContainText('Reconnecting')
  await ownPlayground.start()
  for (const each of [ana, ben]) {
    await expect(each.banner).toContainText('The server was restarted. You are back, in a new session.')
    await expect(each.number).toHaveText('Ready')
    await expect(each.players).toHaveCount(2)
    expect(await each.isSameDocument()).toBe(true)
  }
  await ben.start(3).click()
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
})
