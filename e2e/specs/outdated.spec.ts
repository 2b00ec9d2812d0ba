import { defineClass, defineGame, type GameDefinition } from 'banyan'
import { createHost, type Host } from 'banyan/node'
import { createPlace } from 'banyan/server'
import { makePlace } from 'playground/places'
import { expect, pages, test } from '../fixtures/test.ts'
import { createCountdownPage } from '../pages/countdown-page.ts'

const another: GameDefinition = defineGame({ classes: [defineClass('Countdown')] })

/** The playground's pages over a server of their own build, or of another one. */
function serve(build: 'same' | 'another', port = 0): Promise<Host> {
  return createHost({
    port,
    static: pages,
    places: build === 'same' ? makePlace : () => createPlace({ definition: another }),
    stopOnSignals: false,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
}

test('A page that the server has outgrown loads itself anew once, then says so, and goes on when the server fits again', async ({
  page,
}) => {
  let host = await serve('same')
  const url = host.url ?? ''
  const port = Number(new URL(url).port)
  try {
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    await page.goto(`${url}/countdown?place=x`)
    const countdown = createCountdownPage(page)
    await expect(countdown.players).toHaveCount(1)
    expect(loads).toBe(1)

    await host.close()
    host = await serve('another', port)
    await expect(countdown.notice).toContainText('There is a newer version')
    await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible()
    await expect.poll(() => loads, 'it loads itself anew').toBe(2)
    await expect(countdown.notice).toContainText('There is a newer version')
    // The server is asked again meanwhile.
    await page.waitForTimeout(3000)
    expect(loads, 'and no more than once').toBe(2)

    await host.close()
    host = await serve('same', port)
    await expect(countdown.players).toHaveCount(1)
    await expect(countdown.notice).toHaveCount(0)
    expect(loads).toBe(2)
  } finally {
    await host.close()
  }
})
