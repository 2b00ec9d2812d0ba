import type { Page } from '@playwright/test'

/** The middle of the road, as the home page draws it, in the order of travel. */
export type Road = readonly { readonly x: number; readonly y: number }[]

/** Learns the road from the picture on the home page, so that the tests have no map of their own. */
export async function readRoad(page: Page, origin: string): Promise<Road> {
  await page.goto(origin)
  const points = await page.locator('.home__road').getAttribute('points')
  return (points ?? '').split(' ').map((point) => {
    const [x = 0, y = 0] = point.split(',').map(Number)
    return { x, y }
  })
}
