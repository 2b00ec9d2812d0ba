import { expect, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { largestGapMs } from '../pages/shown-texts.ts'

test('Anyone starts a countdown, a second window joins midway, and both show the same number at the same moment', async ({
  world,
}) => {
  const [anaPlays] = await world.players('Ana', { path: '/countdown' })
  const ana = createCountdownPage(anaPlays.page)
  await expect(ana.number).toHaveText('Ready')
  await ana.shownNumbers.record()
  await ana.start(10).click()
  await expect(ana.number).not.toHaveText('Ready')

  const [benPlays] = await world.players('Ben', { path: '/countdown' })
  const ben = createCountdownPage(benPlays.page)
  await expect(ben.number).toHaveText(/\d/)
  await ben.shownNumbers.record()
  await expect(ben.start(3)).toBeDisabled()
  await expect(ana.number).toHaveText('Ready', { timeout: 20_000 })
  await expect(ben.number).toHaveText('Ready')

  const anaSaw = await ana.shownNumbers.all()
  const benSaw = await ben.shownNumbers.all()
  const numbers = anaSaw.map(({ text }) => text)
  expect(numbers.join()).toBe('Ready,10,9,8,7,6,5,4,3,2,1,Go,Ready')
  expect(benSaw.map(({ text }) => text)).toEqual(numbers.slice(-benSaw.length))
  expect(benSaw.map(({ text }) => text)).toEqual(expect.arrayContaining(['1', 'Go']))
  expect(largestGapMs(anaSaw, benSaw)).toBeLessThan(500)
})

test('Whoever comes second may start the next countdown, with the keyboard alone', async ({ world }) => {
  const [anaPlays, benPlays] = await world.players('Ana', 'Ben', { path: '/countdown' })
  const ana = createCountdownPage(anaPlays.page)
  const ben = createCountdownPage(benPlays.page)
  await expect(ana.players).toHaveText([/^Ana \(you\)$/, /^Ben$/])
  await ana.shownNumbers.record()
  await ben.start(3).focus()
  await ben.page.keyboard.press('Enter')
  await expect(ana.page.getByText('Ben started 3 seconds.')).toBeVisible()
  await expect
    .poll(async () => (await ana.shownNumbers.all()).map(({ text }) => text))
    .toEqual(['Ready', '3', '2', '1', 'Go', 'Ready'])
})

test.describe('in virtual time', () => {
  test.use({ time: 'virtual' })

  test('A page shows each number of the countdown at its very moment', async ({ world }) => {
    const [ana, ben] = await world.players('Ana', 'Ben', { path: '/countdown' })
    const pages = [ana, ben].map(({ page }) => createCountdownPage(page))
    await pages[0]?.start(30).click()
    await world.advance(100)
    await expect(ben).toSee('ReplicatedStorage.Countdown', { seconds: 30, startedBy: 'Ana' })
    for (const { number } of pages) await expect(number).toHaveText('30')
    await world.advance(9_000)
    for (const { number } of pages) await expect(number).toHaveText('21')
    await world.advance(1_000)
    for (const { number } of pages) await expect(number).toHaveText('20')
    await world.converged()
  })
})
