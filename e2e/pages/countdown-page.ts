import type { Locator, Page } from '@playwright/test'
import { createDemoPage, type DemoPage } from './demo-page.ts'
import { createShownTexts, type ShownTexts } from './shown-texts.ts'

/** The countdown demo in a window. */
export interface CountdownPage extends DemoPage {
  readonly number: Locator
  readonly shownNumbers: ShownTexts
  readonly players: Locator
  start(seconds: 3 | 5 | 10 | 30): Locator
}

export function createCountdownPage(page: Page): CountdownPage {
  const number = page.getByRole('timer')
  return {
    ...createDemoPage(page),
    number,
    shownNumbers: createShownTexts(number),
    players: page.getByRole('list', { name: 'Players here' }).getByRole('listitem'),
    start: (seconds) => page.getByRole('button', { name: `${seconds} s`, exact: true }),
  }
}
