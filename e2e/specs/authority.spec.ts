import { readFile } from 'node:fs/promises'
import { expect, privateMark, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { createRacePage } from '../pages/race-page.ts'
import { createReplica } from '../pages/replica.ts'

const potionName = 'Invisibility potion'
const serverSource = new URL('../../apps/playground/src/server/places.ts', import.meta.url)

test('What lies in ServerStorage reaches nobody, and a Backpack reaches its player only, in not a single byte', async ({
  playground,
  place,
  invite,
}) => {
  expect(await readFile(serverSource, 'utf8'), 'the search is for what the server has').toContain(
    `'${privateMark}'`,
  )
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

test('What a player writes into their own copy of the tree reaches nobody else, and ends when the server writes', async ({
  playground,
  place,
  invite,
}) => {
  const ana = createCountdownPage((await invite('Ana')).page)
  const ben = createCountdownPage((await invite('Ben')).page)
  await ana.open(place, playground.url)
  await ben.open(place, playground.url)
  await expect(ana.players).toHaveCount(2)
  await expect(ben.players).toHaveCount(2)
  await ben.shownNumbers.record()
  await createReplica(ana.page).write('ReplicatedStorage.Countdown', { endsAt: 1, startedBy: 'Nobody' })
  await expect(ana.number).toHaveText('Go')

  await ben.start(3).click()
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
  await expect(ana.number).toHaveText(/[321]/)
  await expect
    .poll(async () => (await ben.shownNumbers.all()).map(({ text }) => text))
    .toEqual(['Ready', '3', '2', '1', 'Go', 'Ready'])
})
