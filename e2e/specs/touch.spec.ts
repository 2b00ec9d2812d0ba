import { devices } from '@playwright/test'
import { expect, test } from '../fixtures/test.ts'
import { below } from '../pages/compare.ts'
import { createRacePage, headingOf, type RacePage } from '../pages/race-page.ts'
import { hold } from '../pages/thumb.ts'

const { defaultBrowserType: _, ...phone } = devices['Pixel 7']

test('On a phone, thumbs steer and a tap drinks the potion', async ({ world }, testInfo) => {
  const [ana] = await world.players('Ana', { path: '/race', context: phone })
  const race = createRacePage(ana.page)
  await race.startButton.tap()
  await expect(ana).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  const straight = await headingOf(ana)
  const letGo = await hold(race.page.getByRole('button', { name: 'Steer left' }))
  await expect(ana).toSee('Workspace.Ana.Body', { heading: below(straight - 0.3) })
  await letGo()
  await race.potionButton.tap()
  await expect(race.potionButton).toHaveText(/Unseen/)
  await race.page.screenshot({ path: testInfo.outputPath('phone.png') })
})

const upright = { width: 390, height: 844 }
const flat = { width: 844, height: 390 }

for (const [name, viewport, turned] of [
  ['upright', upright, flat],
  ['on its side', flat, upright],
] as const) {
  test(`On a phone ${name}, numbers, track and pads fit one screen, also after a reload or a turn`, async ({
    world,
  }, testInfo) => {
    const [ana] = await world.players('Ana', { path: '/race', context: { ...phone, viewport } })
    const race = createRacePage(ana.page)
    await race.startButton.tap()
    await expect(ana).toSee('ReplicatedStorage.Race', { phase: 'racing' })
    await expectOneScreen(race)
    await race.page.evaluate(() => window.scrollTo(0, 0))
    await race.page.reload()
    await expectOneScreen(race)
    await race.page.screenshot({ path: testInfo.outputPath('reloaded.png') })
    await race.page.setViewportSize(turned)
    await expectOneScreen(race)
    await race.page.screenshot({ path: testInfo.outputPath('turned.png') })
  })
}

async function expectOneScreen({ cockpit: { numbers, track, pads } }: RacePage): Promise<void> {
  await expect(pads).toHaveCount(3)
  for (const part of [numbers, track, ...(await pads.all())])
    await expect(part).toBeInViewport({ ratio: 0.99 })
  const boxes = await Promise.all((await pads.all()).map((pad) => pad.boundingBox()))
  expect(Math.min(...boxes.flatMap((box) => [box?.width ?? 0, box?.height ?? 0]))).toBeGreaterThan(44)
}
