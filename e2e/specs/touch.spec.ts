import { devices } from '@playwright/test'
import { expect, test } from '../fixtures/test.ts'
import { createRacePage, ownHeading } from '../pages/race-page.ts'
import { hold } from '../pages/thumb.ts'

const { defaultBrowserType: _, ...phone } = devices['Pixel 7']

test('On a phone, thumbs steer and a tap drinks the potion', async ({
  playground,
  place,
  invite,
}, testInfo) => {
  const race = createRacePage((await invite('Ana', phone)).page)
  await race.open(place, playground.url)
  await race.startButton.tap()
  await expect(race.stage).toHaveAttribute('data-phase', 'racing')
  const straight = await ownHeading(race)
  const letGo = await hold(race.page.getByRole('button', { name: 'Steer left' }))
  await expect.poll(() => ownHeading(race)).toBeLessThan(straight - 0.3)
  await letGo()
  await race.potionButton.tap()
  await expect(race.potionButton).toHaveText(/Unseen/)
  await race.page.screenshot({ path: testInfo.outputPath('phone.png') })
})
