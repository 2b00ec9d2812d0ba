import { expect, test } from '../fixtures/test.ts'
import { createRacePage } from '../pages/race-page.ts'

const potionName = 'Invisibility potion'

test('P drinks a potion that only its owner ever saw, and the others stop seeing the driver for a while', async ({
  world,
}) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben')
  const ana = createRacePage(anaPlays.page)
  const ben = createRacePage(benPlays.page)
  await ben.paintedNames.watch()
  await anaPlays.open('/race')
  await benPlays.open('/race')
  await ana.readyButton.click()
  await ben.readyButton.click()
  await expect(anaPlays).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  await expect(ana.potionButton).toHaveText(/2 potions/)
  await expect.poll(() => ben.paintedNames.inLastFrame()).toEqual(expect.arrayContaining(['You', 'Ana']))

  await ana.page.keyboard.press('p')
  await expect(ana.potionButton).toHaveText(/Unseen [1-6] s/)
  await expect(benPlays).toSee('Workspace.Ana', { visible: false })
  await expect(benPlays).not.toSee('Workspace.Ana.Body')
  await expect.poll(() => ben.paintedNames.inLastFrame()).toEqual(['You'])
  const before = await ben.paintedNames.frames('Ana')
  await expect.poll(async () => (await ben.paintedNames.frames('Ana')).all).toBeGreaterThan(before.all + 10)
  expect((await ben.paintedNames.frames('Ana')).withName, 'Ben paints frames without Ana').toBe(
    before.withName,
  )
  await expect(benPlays).toSee('Workspace.Ana', { visible: true })
  await expect(benPlays).toSee('Workspace.Ana.Body')
  await expect.poll(() => ben.paintedNames.inLastFrame()).toEqual(expect.arrayContaining(['You', 'Ana']))

  await expect(ana.potionButton).toHaveText(/1 potion/)
  await expect(ben.potionButton).toHaveText(/2 potions/)
  expect((await anaPlays.read('Players.Ana.Backpack')).children).toEqual([potionName])
  expect((await benPlays.read('Players.Ben.Backpack')).children).toEqual([potionName, potionName])
  await expect(anaPlays).not.toSee('Players.Ben.Backpack')
  await expect(benPlays).not.toSee('Players.Ana.Backpack')
  await world.converged()
})
