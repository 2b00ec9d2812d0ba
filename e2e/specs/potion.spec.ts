import { expect, test } from '../fixtures/test.ts'
import { createRacePage } from '../pages/race-page.ts'

const potionName = 'Invisibility potion'

test('P drinks a potion that only its owner ever saw, and the others stop seeing the driver for a while', async ({
  playground,
  place,
  invite,
}) => {
  const anaVisits = await invite('Ana')
  const benVisits = await invite('Ben')
  const ana = createRacePage(anaVisits.page)
  const ben = createRacePage(benVisits.page)
  await ben.paintedNames.watch()
  await ana.open(place, playground.url)
  await ben.open(place, playground.url)
  await ana.readyButton.click()
  await ben.readyButton.click()
  await expect(ana.stage).toHaveAttribute('data-phase', 'racing')
  await expect(ana.potionButton).toHaveText(/2 potions/)
  await expect.poll(() => ben.paintedNames.inLastFrame()).toEqual(expect.arrayContaining(['You', 'Ana']))

  await ana.page.keyboard.press('p')
  await expect(ana.potionButton).toHaveText(/Unseen [1-6] s/)
  await expect
    .poll(async () => (await ben.replica.race()).racers)
    .toContainEqual(expect.objectContaining({ name: 'Ana', visible: false }))
  await expect.poll(() => ben.paintedNames.inLastFrame()).toEqual(['You'])
  const before = await ben.paintedNames.frames('Ana')
  await expect.poll(async () => (await ben.paintedNames.frames('Ana')).all).toBeGreaterThan(before.all + 10)
  expect((await ben.paintedNames.frames('Ana')).withName, 'Ben paints frames without Ana').toBe(
    before.withName,
  )
  await expect.poll(() => ben.paintedNames.inLastFrame()).toEqual(expect.arrayContaining(['You', 'Ana']))

  await expect(ana.potionButton).toHaveText(/1 potion/)
  await expect(ben.potionButton).toHaveText(/2 potions/)
  expect(await ana.replica.backpackOf('Ana')).toEqual([potionName])
  expect(await ben.replica.backpackOf('Ben')).toEqual([potionName, potionName])
  expect(await ana.replica.backpackOf('Ben')).toEqual([])
  expect(await ben.replica.backpackOf('Ana')).toEqual([])
})
