import { expect, test } from '../fixtures/test.ts'
import { drive } from '../pages/driver.ts'
import { createRacePage, type RacePage } from '../pages/race-page.ts'
import { readRoad } from '../pages/road.ts'
import { largestGapMs, type Shown } from '../pages/shown-texts.ts'

test('Two browsers race three laps, a reload keeps its driver, and a late third sees the same race and result', async ({
  world,
}, testInfo) => {
  test.setTimeout(240_000)
  const [cleoWatches, anaPlays, benPlays] = await world.players('Cleo', 'Ana', 'Ben')
  const road = await readRoad(cleoWatches.page, world.url)
  const ana = createRacePage(anaPlays.page)
  const ben = createRacePage(benPlays.page)
  const cleo = createRacePage(cleoWatches.page)

  await test.step('everyone is ready, and the countdown starts for all', async () => {
    await anaPlays.open('/race')
    await benPlays.open('/race')
    await expect(ana.drivers).toHaveText([/Ana.*\(you\).*Not ready/, /Ben.*Not ready/])
    await ana.readyButton.click()
    await expect(ben.drivers).toHaveText([/Ana.*Ready$/, /Ben.*Not ready/])
    for (const each of [ana, ben]) await each.startSignal.record()
    await ben.readyButton.click()
    for (const each of [anaPlays, benPlays])
      await expect(each).toSee('ReplicatedStorage.Race', { phase: 'racing' })
  })

  const anaDrives = drive(anaPlays, road)
  let benDrives = drive(benPlays, road)

  await test.step('the start signal was the same for both, at the same moment', async () => {
    const both = await Promise.all([ana, ben].map(seenSignal))
    for (const seen of both) expect(seen.map(({ text }) => text)).toEqual(['', '3', '2', '1', 'Go', ''])
    const [anaSaw = [], benSaw = []] = both
    expect(largestGapMs(anaSaw, benSaw)).toBeLessThan(500)
  })

  await test.step('a late third watches and agrees', async () => {
    await cleoWatches.open('/race')
    await expect(cleo.numbers).toContainText('Watching')
    await expect(cleo.watcherNote).toBeVisible()
    await expect(cleo.keys.or(cleo.potionButton)).toHaveCount(0)
    await expect(async () => {
      const [anaSees, benSees, cleoSees] = await Promise.all(
        [ana, ben, cleo].map((each) => each.leaderboard()),
      )
      expect(cleoSees).toHaveLength(3)
      expect(anaSees).toEqual(cleoSees)
      expect(benSees).toEqual(cleoSees)
    }).toPass()
    await cleo.page.screenshot({ path: testInfo.outputPath('watching.png') })
    await world.converged()
  })

  await test.step('a reload in the second lap keeps the same car in the same lap', async () => {
    await expect(benPlays).toSee('Workspace.Ben', { lap: 1 }, { timeout: 90_000 })
    await benDrives.letGo()
    const before = await benPlays.read('Workspace.Ben')
    await ben.page.reload()
    await expect(benPlays).toSee('Workspace.Ben', { lap: 1 })
    await expect(ben.numbers).toContainText('Lap 2 of 3')
    expect((await benPlays.read('Workspace.Ben')).id).toBe(before.id)
    expect((await benPlays.read('Workspace')).children).toEqual(expect.arrayContaining(['Ana', 'Ben']))
    expect(await ana.leaderboard()).toHaveLength(3)
    benDrives = drive(benPlays, road)
  })

  await test.step('the finish order is the same for all', async () => {
    await Promise.all([anaDrives.done, benDrives.done])
    for (const each of [ana, ben, cleo]) {
      await expect(each.stage).toHaveAttribute('data-phase', 'results')
      await expect(each.results).toHaveCount(3)
    }
    const order = await ana.results.allTextContents()
    expect(await ben.results.allTextContents()).toEqual(order)
    expect(await cleo.results.allTextContents()).toEqual(order)
    expect(order.join()).toMatch(/1 *(Ana|Ben).*2 *(Ana|Ben)/)
    expect(order.join()).not.toContain('Did not finish')
    await ana.page.screenshot({ path: testInfo.outputPath('results.png') })
  })
})

/** The whole signal, once it is over. */
async function seenSignal({ startSignal }: RacePage): Promise<readonly Shown[]> {
  await expect
    .poll(async () => (await startSignal.all()).map(({ text }) => text).slice(-2))
    .toEqual(['Go', ''])
  return startSignal.all()
}
