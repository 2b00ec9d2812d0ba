import { readFile } from 'node:fs/promises'
import { expect, privateMark, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { createRacePage } from '../pages/race-page.ts'

const potionName = 'Invisibility potion'
const serverSource = new URL('../../apps/playground/src/server/places.ts', import.meta.url)

test('What lies in ServerStorage reaches nobody, and a Backpack reaches its player only, in not a single byte', async ({
  world,
  visitOf,
}) => {
  expect(await readFile(serverSource, 'utf8'), 'the search is for what the server has').toContain(
    `'${privateMark}'`,
  )
  const [anaPlays] = await world.players('Ana', { path: '/race' })
  const ana = createRacePage(anaPlays.page)
  await expect(ana.potionButton).toHaveText(/2 potions/)
  const anasOwn = visitOf(anaPlays).received.countInFrames(potionName)
  expect(anasOwn, 'the search finds what was sent').toBeGreaterThan(0)

  const [benPlays] = await world.players('Ben', { path: '/race' })
  const ben = createRacePage(benPlays.page)
  await expect(ben.potionButton).toHaveText(/2 potions/)
  await ben.readyButton.click()
  await ana.readyButton.click()
  await expect(benPlays).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  // The referee notes each potion in ServerStorage, after the private mark.
  await ben.page.keyboard.press('p')
  await expect(ben.potionButton).toHaveText(/Unseen/)
  await expect(anaPlays).toSee('Workspace.Ben', { visible: false })
  const notes = world.place.game.getService('ServerStorage').findFirstChild('RefereeNotes')
  expect(notes, 'the referee has taken notes').not.toBeNull()

  for (const { received } of [anaPlays, benPlays].map(visitOf)) {
    expect(received.countInFrames('Ana'), 'the search finds what was sent').toBeGreaterThan(0)
    expect(received.countInFrames(privateMark)).toBe(0)
    expect(received.countInFrames('RefereeNotes')).toBe(0)
    expect(await received.countInBodies(privateMark)).toBe(0)
    expect(received.countInFrames(potionName), 'nobody hears of the other’s potions').toBe(anasOwn)
  }
})

test('What a player writes into their own copy of the tree reaches nobody else, and ends when the server writes', async ({
  world,
}) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben', { path: '/countdown' })
  const ana = createCountdownPage(anaPlays.page)
  const ben = createCountdownPage(benPlays.page)
  await expect(ana.players).toHaveCount(2)
  await expect(ben.players).toHaveCount(2)
  await ben.shownNumbers.record()
  await anaPlays.write('ReplicatedStorage.Countdown', { endsAt: 1, startedBy: 'Nobody' })
  await expect(ana.number).toHaveText('Go')
  await expect(benPlays).toSee('ReplicatedStorage.Countdown', { endsAt: 0 })
  await world.converged()

  await ben.start(3).click()
  await expect(anaPlays).toSee('ReplicatedStorage.Countdown', { startedBy: 'Ben', seconds: 3 })
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
  await expect(ana.number).toHaveText(/[321]/)
  await expect
    .poll(async () => (await ben.shownNumbers.all()).map(({ text }) => text))
    .toEqual(['Ready', '3', '2', '1', 'Go', 'Ready'])
})
