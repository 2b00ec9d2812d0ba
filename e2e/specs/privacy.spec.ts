import { expect, privateMark, test } from '../fixtures/test.ts'
import { createRacePage } from '../pages/race-page.ts'

const potionName = 'Invisibility potion'

test('What lies in ServerStorage reaches nobody, and a Backpack reaches its player only, in not a single byte', async ({
  playground,
  place,
  invite,
}) => {
  const anaVisits = await invite('Ana')
  const benVisits = await invite('Ben')
  const ana = createRacePage(anaVisits.page)
  const ben = createRacePage(benVisits.page)
  await ana.open(place, playground.url)
  await expect(ana.potionButton).toHaveText(/2 potions/)
  const anasOwn = anaVisits.received.countInFrames(potionName)
  expect(anasOwn, 'the search finds what was sent').toBeGreaterThan(0)

  await ben.open(place, playground.url)
  await expect(ben.potionButton).toHaveText(/2 potions/)
  await ben.readyButton.click()
  await ana.readyButton.click()
  await expect(ben.stage).toHaveAttribute('data-phase', 'racing')
  // The referee notes each potion in ServerStorage, after the private mark.
  await ben.page.keyboard.press('p')
  await expect(ben.potionButton).toHaveText(/Unseen/)
  await expect
    .poll(async () => (await ana.replica.race()).racers)
    .toContainEqual(expect.objectContaining({ name: 'Ben', visible: false }))

  for (const { received } of [anaVisits, benVisits]) {
    expect(received.countInFrames('Ana'), 'the search finds what was sent').toBeGreaterThan(0)
    expect(received.countInFrames(privateMark)).toBe(0)
    expect(received.countInFrames('RefereeNotes')).toBe(0)
    expect(await received.countInBodies(privateMark)).toBe(0)
    expect(received.countInFrames(potionName), 'nobody hears of the other’s potions').toBe(anasOwn)
  }
})
