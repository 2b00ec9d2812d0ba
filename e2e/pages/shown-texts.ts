import type { Locator } from '@playwright/test'

/** When a window began to show something, in milliseconds of the one clock that all windows of this machine share. */
export interface Shown {
  readonly text: string
  readonly atMs: number
}

/** All texts that an element shows one after the other, those included that stay for less time than a test needs to look. */
export interface ShownTexts {
  /** Begins to note; what is shown now comes first. */
  record(): Promise<void>
  all(): Promise<readonly Shown[]>
}

/** Notes inside the page, at each change of the element's text. */
export function createShownTexts(element: Locator): ShownTexts {
  return {
    record: () =>
      element.evaluate((node) => {
        const shown: Shown[] = []
        const note = () => {
          const text = node.textContent
          if (text !== shown.at(-1)?.text) shown.push({ text, atMs: Date.now() })
        }
        note()
        new MutationObserver(note).observe(node, { childList: true, characterData: true, subtree: true })
        Reflect.set(node, 'shownTexts', shown)
      }),
    all: () => element.evaluate((node) => Reflect.get(node, 'shownTexts') as readonly Shown[]),
  }
}

/** The longest time between one window's change to a text and another's, over all texts that both changed to. */
export function largestGapMs(one: readonly Shown[], other: readonly Shown[]): number {
  // What a window showed when the notes began, it may have shown for long.
  const gaps = one
    .slice(1)
    .flatMap(({ text, atMs }) =>
      other.slice(1).flatMap((each) => (each.text === text ? [Math.abs(each.atMs - atMs)] : [])),
    )
  return Math.max(...gaps)
}
