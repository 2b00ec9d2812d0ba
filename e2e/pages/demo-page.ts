import type { Locator, Page } from '@playwright/test'

/** What all demos of the playground share: the connection, the way out of a closed one, the way to a second player. */
export interface DemoPage {
  readonly page: Page
  /** The one line above the stage that says what the connection does. */
  readonly banner: Locator
  /** What stands in the stage's place when the connection ended for good. */
  readonly notice: Locator
  readonly secondPlayerLink: Locator
}

/** A demo in a window. */
export function createDemoPage(page: Page): DemoPage {
  return {
    page,
    banner: page.locator('.connection-banner'),
    notice: page.getByRole('alert'),
    secondPlayerLink: page.getByRole('link', { name: 'Open a second player' }),
  }
}

/** Marks the document that is open now; the returned function tells whether it still is: a reload would end it. */
export async function markDocument(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    document.documentElement.dataset['marked'] = 'once'
  })
  return () => page.evaluate(() => document.documentElement.dataset['marked'] === 'once')
}
