import { expect, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { markDocument } from '../pages/demo-page.ts'
import { createRacePage } from '../pages/race-page.ts'

/** What browsers themselves write to the console for each connection that fails. */
const failedConnection = /net::ERR_|WebSocket connection to|establish a connection|Could not connect/

test('A lost connection is said, the world stays, and the same player goes on', async ({ world }) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben', { path: '/race' })
  const ana = createRacePage(anaPlays.page)
  await ana.readyButton.click()
  await createRacePage(benPlays.page).readyButton.click()
  await expect(anaPlays).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  const before = await anaPlays.read('Workspace.Ana')
  const stage = await ana.stage.elementHandle()

  anaPlays.network.block()
  await expect(ana.banner).toContainText('Connection lost. Reconnecting')
  await expect(ana.stage).toBeVisible()
  await expect(ana.numbers).toContainText('Lap 1 of 3')
  await expect(benPlays).toSee('Players.Ana', { connected: false })
  anaPlays.network.heal()
  await anaPlays.reaches('joined')
  await expect(ana.banner).toBeEmpty()

  const after = await anaPlays.read('Workspace.Ana')
  expect(after.id).toBe(before.id)
  await ana.page.keyboard.press('p')
  await expect(ana.potionButton).toHaveText(/Unseen/)
  await expect(benPlays).toSee('Workspace.Ana', { visible: false })
  expect((await benPlays.read('Workspace.Ana')).id).toBe(before.id)
  expect(await stage?.evaluate(({ isConnected }) => isConnected), 'nothing flashed to empty').toBe(true)
  await world.converged()
})

test('A slow and shaky line shows the same race, later', async ({ world }) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben', { path: '/race' })
  await world.network(benPlays, { latencyMs: 120, jitterMs: 40, loss: 0.05, seed: 7 })
  const ana = createRacePage(anaPlays.page)
  await ana.readyButton.click()
  await createRacePage(benPlays.page).readyButton.click()
  await expect(benPlays).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  await ana.page.keyboard.press('p')
  await expect(benPlays).toSee('Workspace.Ana', { visible: false })
  await world.converged()
})

test('A browser that goes offline and comes back goes on as the same player', async ({ world, visitOf }) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben', { path: '/countdown' })
  const ana = createCountdownPage(anaPlays.page)
  const ben = createCountdownPage(benPlays.page)
  await expect(ana.players).toHaveText([/^Ana \(you\)$/, /^Ben$/])

  visitOf(anaPlays).watch.expect(failedConnection)
  await anaPlays.context.setOffline(true)
  await expect(ana.banner).toContainText('Connection lost. Reconnecting')
  await expect(ben.players).toHaveText([/^Ana \(away\)$/, /^Ben \(you\)$/])
  await ben.start(3).click()
  await anaPlays.context.setOffline(false)
  await expect(ana.banner).toBeEmpty()
  await expect(ben.players).toHaveText([/^Ana$/, /^Ben \(you\)$/])
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
  await world.converged()
})

test('Where no WebSocket passes, the game goes on by polling', async ({ world }) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben', { path: '/countdown' })
  await anaPlays.context.routeWebSocket(/\/banyan\//, (socket) => socket.close())
  const ana = createCountdownPage(anaPlays.page)
  const polled = ana.page.waitForRequest(/transport=polling/)
  await ana.page.reload()
  await polled
  await expect(ana.players).toHaveText([/^Ana \(you\)$/, /^Ben$/])
  await createCountdownPage(benPlays.page).start(3).click()
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
  await world.converged()
})

test('A restarted server is survived without a reload, and clearly told', async ({
  ownPlayground,
  world,
  visitOf,
}) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben')
  const ana = createCountdownPage(anaPlays.page)
  const ben = createCountdownPage(benPlays.page)
  const isSameDocument: (() => Promise<boolean>)[] = []
  for (const each of [ana, ben]) {
    await each.page.goto(`${ownPlayground.url}/countdown`)
    isSameDocument.push(await markDocument(each.page))
  }
  await expect(ana.players).toHaveCount(2)
  await ana.start(30).click()
  // After a second the server has confirmed the call, so that Ana's client has nothing to report as lost.
  for (const each of [ana, ben]) await expect(each.number).toHaveText(/^(2[0-8]|1\d|\d)$/)

  for (const player of [anaPlays, benPlays]) visitOf(player).watch.expect(failedConnection)
  await ownPlayground.stop('SIGKILL')
  for (const each of [ana, ben]) await expect(each.banner).toContainText('Reconnecting')
  await ownPlayground.start()
  for (const each of [ana, ben]) {
    await expect(each.banner).toContainText('The server was restarted. You are back, in a new session.')
    await expect(each.number).toHaveText('Ready')
    await expect(each.players).toHaveCount(2)
  }
  expect(await Promise.all(isSameDocument.map((ask) => ask()))).toEqual([true, true])
  await ben.start(3).click()
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
})
