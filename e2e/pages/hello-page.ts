import type { Locator, Page } from '@playwright/test'

/** The README's counter in a window: one button that shows the number and adds one. */
export interface HelloPage {
  readonly counter: Locator
  open(origin: string): Promise<void>
  /** The shown number; waits until there is one. */
  count(): Promise<number>
}

export function createHelloPage(page: Page): HelloPage {
  const counter = page.getByRole('button')
  return {
    counter,
    open: async (origin) => void (await page.goto(origin)),
    count: async () => Number(await counter.textContent()),
  }
}
