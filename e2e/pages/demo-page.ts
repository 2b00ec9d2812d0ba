import type { Locator, Page } from '@playwright/test'

/** What all demos of the playground share: the place, the connection, the way out of a closed one. */
export interface DemoPage {
  readonly page: Page
  /** Goes to the demo in a place. */
  open(place: string, origin: string): Promise<void>
  /** The one line above the stage that says what the connection does. */
  readonly banner: Locator
  /** What stands in the stage's place when the connection ended for good. */
  readonly notice: Locator
  readonly secondPlayerLink: Locator
  /** True while this document is the one that was opened: a reload would end it. */
  isSameDocument(): Promise<boolean>
}

/** The demo at `path` in a window. */
export function createDemoPage(page: Page, path: string): DemoPage {
  return {
    page,
    async open(place, origin) {
      await page.goto(`${origin}${path}?place=${place}`)
      await page.evaluate(() => {
        document.documentElement.dataset['opened'] = 'once'
      })
    },
    banner: page.locator('.connection-banner'),
    notice: page.getByRole('alert'),
    secondPlayerLink: page.getByRole('link', { name: 'Open a second player' }),
    isSameDocument: () => page.evaluate(() => document.documentElement.dataset['opened'] === 'once'),
  }
}
