import { type Machine, type OtherBrowser, otherBrowsers } from './machine.ts'

/** What is said of a browser that the tests do without. */
export const notRun = 'not run: not installed'

/** Which of the other browsers this computer has. Starts each that seems to be there, once. */
export function findOthers(
  machine: Pick<Machine, 'launches'>,
): Promise<readonly { readonly browser: OtherBrowser; readonly isInstalled: boolean }[]> {
  return Promise.all(
    otherBrowsers.map(async (browser) => ({ browser, isInstalled: await machine.launches(browser) })),
  )
}
