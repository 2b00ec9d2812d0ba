import type { World, WorldPlayer } from '@banyan/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/test.ts'
import { barriersIn, overflowOf, tabStops, watchMotion } from '../pages/comfort.ts'
import { above, below } from '../pages/compare.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'
import { createHelloPage } from '../pages/hello-page.ts'
import { createRacePage, headingOf } from '../pages/race-page.ts'

const widths = [320, 360, 390, 1280, 1440]
const widthsForAxe = [320, 390, 1280]

/** Every page in every state that a visitor meets, in one window after the other. */
const states = {
  home: async ({ page }, { url }) => {
    await page.goto(url)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  },
  countdown: async (ana) => {
    await ana.open('/countdown')
    await expect(createCountdownPage(ana.page).number).toHaveText('Ready')
  },
  'race lobby': async (ana) => {
    await ana.open('/race')
    await expect(createRacePage(ana.page).startButton).toBeVisible()
  },
  'running race': async (ana) => {
    await ana.open('/race')
    await createRacePage(ana.page).startButton.click()
    await expect(ana).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  },
  'closed place': async ({ page }, { url }) => {
    await page.goto(`${url}/countdown?place=no%20such!`)
    await expect(createCountdownPage(page).notice).toBeVisible()
  },
} as const satisfies Record<string, (player: WorldPlayer, world: World) => Promise<void>>

for (const [name, reach] of Object.entries(states)) {
  test(`The page is accessible and fits every screen, light and dark: ${name}`, async ({
    world,
  }, testInfo) => {
    const [ana] = await world.players('Ana')
    await reach(ana, world)
    await expectComfort(ana.page, {
      kind: 'site',
      pathOf: (view) => testInfo.outputPath(`${name} ${view}.png`),
    })
  })
}

test('The page is accessible and fits every screen, light and dark: hello', async ({
  hello,
  world,
}, testInfo) => {
  const [{ page }] = await world.players('Ana')
  const counter = createHelloPage(page)
  await counter.open(hello.url)
  await expect(counter.counter).toHaveText(/\d/)
  await expectComfort(page, { kind: 'widget', pathOf: (view) => testInfo.outputPath(`hello ${view}.png`) })
})

test('An address that leads nowhere is a page too, with the way back', async ({
  world,
  visitOf,
}, testInfo) => {
  const [ana] = await world.players('Ana')
  const { page } = ana
  // A browser logs the answer by itself; nothing else may be missing, such as an icon.
  visitOf(ana).watch.expect(/404 \(Not Found\) \(.*\/nope\)$/)
  const answer = await page.goto(`${world.url}/nope`)
  expect(answer?.status()).toBe(404)
  await expectComfort(page, { kind: 'site', pathOf: (view) => testInfo.outputPath(`nope ${view}.png`) })
  await page.getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'One tree' })).toBeVisible()
})

/** Resizes one window instead of loading the page anew, as turning a phone does. */
async function expectComfort(
  page: Page,
  { kind, pathOf }: { readonly kind: 'site' | 'widget'; readonly pathOf: (view: string) => string },
): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 800 })
    await expect.poll(() => overflowOf(page), `${width} px are enough`).toBe(0)
    if (!widthsForAxe.includes(width)) continue
    for (const colorScheme of ['light', 'dark'] as const) {
      // Without motion no color is caught on its way to another.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: pathOf(`${width} ${colorScheme}`) })
      expect.soft(await barriersIn(page, kind), `${width} px, ${colorScheme}`).toEqual([])
    }
  }
}

test('A race can be started and driven with the keyboard alone', async ({ world }) => {
  const [ana] = await world.players('Ana', { path: '/race' })
  const race = createRacePage(ana.page)
  await expect(race.startButton).toBeVisible()
  const stops = await tabStops(race.page)
  expect(stops.filter(({ hasVisibleFocus }) => !hasVisibleFocus)).toEqual([])
  expect(stops.map(({ name }) => name).slice(0, 6)).toEqual([
    'Banyan',
    'Countdown',
    'Race',
    expect.stringContaining('Open a second player'),
    'Copy link',
    'Start the race',
  ])

  await race.startButton.focus()
  await race.page.keyboard.press('Enter')
  await expect(ana).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  const straight = await headingOf(ana)
  await race.page.keyboard.down('ArrowLeft')
  await expect(ana).toSee('Workspace.Ana.Body', { heading: below(straight - 0.3) })
  await race.page.keyboard.up('ArrowLeft')
  const left = await headingOf(ana)
  await race.page.keyboard.down('d')
  await expect(ana).toSee('Workspace.Ana.Body', { heading: above(left + 0.3) })
  await race.page.keyboard.up('d')
  await race.page.keyboard.press('p')
  await expect(race.potionButton).toHaveText(/Unseen/)
})

test('Nothing in the page moves by itself for who asked for reduced motion', async ({ world }) => {
  const lowScreen = { viewport: { width: 1280, height: 480 }, reducedMotion: 'reduce' } as const
  const [ana] = await world.players('Ana', { path: '/race', context: lowScreen })
  const race = createRacePage(ana.page)
  await race.startSignal.record()
  const motion = await watchMotion(race.page)
  await race.startButton.focus()
  await race.page.keyboard.press('Enter')
  await expect(ana).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  await expect
    .poll(async () => (await race.startSignal.all()).map(({ text }) => text))
    .toEqual(['', '3', '2', '1', 'Go', ''])
  const { animations, scrollPositions } = await motion()
  expect(animations).toEqual([])
  // The top, the focused button, the stage: the page jumps between them and is never in between.
  expect(scrollPositions.length).toBeGreaterThan(1)
  expect(scrollPositions.length).toBeLessThanOrEqual(3)
})

test('The server says where it is and what to try', ({ ownPlayground }) => {
  expect(ownPlayground.output()).toContain(ownPlayground.url)
  expect(ownPlayground.output()).toMatch(/Try \/race/)
})
