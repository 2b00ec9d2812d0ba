import type { Locator } from '@playwright/test'

/** Puts a finger on an element and leaves it there; the returned function lifts it. */
export async function hold(element: Locator): Promise<() => Promise<void>> {
  const page = element.page()
  await element.scrollIntoViewIfNeeded()
  const box = await element.boundingBox()
  if (box === null) throw new Error('cannot hold what is not on the screen.')
  const session = await page.context().newCDPSession(page)
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
  return async () => {
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await session.detach()
  }
}
