import { devices } from '@playwright/test'
import { expect, test } from '../fixtures/test.ts'
import { below } from '../pages/compare.ts'
import { createRacePage, headingOf } from '../pages/race-page.ts'
import { hold } from '../pages/thumb.ts'

const { defaultBrowserType: _, ...phone } = devices['Pixel 7']

test('On a phone, thumbs steer and a tap drinks the potion', async ({ world }, testInfo) => {
  const [ana] = await world.players('Ana', { path: '/race', context: phone })
  const race = createRacePage(ana.page)
  await race.startButton.tap()
  await expect(ana).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  const straight = await headingOf(ana)
  const letGo = await hold(race.page.getByRole('button', { name: 'Steer left' }))
  await expect(ana).toSee('Workspace.Ana', { heading: below(straight - 0.3) })
  await letGo()
  await race.potionButton.tap()
  await expect(race.potionButton).toHaveText(/Unseen/)
  await race.page.screenshot({ path: testInfo.outputPath('phone.png') })
})
