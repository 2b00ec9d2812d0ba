import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** WCAG up to 2.2 at level AA; a whole site also keeps to good practice, such as landmarks and headings. */
const rules = {
  site: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  widget: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
}

/** What axe finds wrong, one line a rule and element. */
export async function barriersIn(page: Page, kind: keyof typeof rules): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: rules[kind], resultTypes: ['violations'] })
    // The pages have no frames, so axe need not open a window of its own, which takes seconds.
    .setLegacyMode(true)
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  )
}

/** By how many pixels the page is wider than its window; what scrolls inside a box of its own does not count. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** A stop of the Tab key. */
export interface TabStop {
  readonly name: string
  readonly hasVisibleFocus: boolean
}

/** Presses Tab from the top of the page until it is left, at most 40 times. */
export async function tabStops(page: Page): Promise<readonly TabStop[]> {
  const stops: TabStop[] = []
  await page.evaluate(() => window.focus())
  for (let press = 0; press < 40; press++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return {
        name: (element.getAttribute('aria-label') ?? element.textContent).trim(),
        hasVisibleFocus: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      }
    })
    if (stop === null) return stops
    stops.push(stop)
  }
  return stops
}

/** What moved in a page, frame by frame. */
export interface Motion {
  /** Kinds of animations and transitions that lasted long enough to be seen. */
  readonly animations: readonly string[]
  /** Every place to which the page was scrolled for a frame. */
  readonly scrollPositions: readonly number[]
}

/** Looks at every frame from now on; the returned function tells what it saw. */
export async function watchMotion(page: Page): Promise<() => Promise<Motion>> {
  await page.evaluate(() => {
    const motion = { animations: new Set<string>(), scrollPositions: new Set<number>() }
    Reflect.set(window, 'motion', motion)
    const look = () => {
      motion.scrollPositions.add(window.scrollY)
      for (const animation of document.getAnimations()) {
        const { duration } = animation.effect?.getComputedTiming() ?? {}
        if (Number(duration) > 10) motion.animations.add(animation.constructor.name)
      }
      requestAnimationFrame(look)
    }
    look()
  })
  return () =>
    page.evaluate(() => {
      const { animations, scrollPositions } = Reflect.get(window, 'motion')
      return { animations: [...animations], scrollPositions: [...scrollPositions] }
    })
}
