import type { Page } from '@playwright/test'

/** What a player reads on the track itself: the canvas tells no one else. */
export interface PaintedNames {
  /** Listens to the canvas from the next navigation on. */
  watch(): Promise<void>
  /** Names in the last finished frame. */
  inLastFrame(): Promise<readonly string[]>
  /** Frames painted so far, and in how many of them the name stood. */
  frames(name: string): Promise<{ readonly all: number; readonly withName: number }>
}

interface Notes {
  all: number
  current: string[]
  last: string[]
  counts: Map<string, number>
}

export function createPaintedNames(page: Page): PaintedNames {
  return {
    async watch() {
      await page.addInitScript(noteNames)
    },
    inLastFrame: () => page.evaluate(() => (Reflect.get(window, 'paintedNames') as Notes).last),
    frames: (name) =>
      page.evaluate((text) => {
        const { all, counts } = Reflect.get(window, 'paintedNames') as Notes
        return { all, withName: counts.get(text) ?? 0 }
      }, name),
  }
}

/** Runs in the page, before its own scripts. */
function noteNames(): void {
  const notes: Notes = { all: 0, current: [], last: [], counts: new Map() }
  Reflect.set(window, 'paintedNames', notes)
  const { drawImage, fillText } = CanvasRenderingContext2D.prototype
  // Each frame begins with the backdrop; what is painted on the backdrop itself is not in the page.
  CanvasRenderingContext2D.prototype.drawImage = function (...args: unknown[]) {
    if (this.canvas.isConnected) {
      notes.all += 1
      notes.last = notes.current
      notes.current = []
    }
    return Reflect.apply(drawImage, this, args)
  }
  CanvasRenderingContext2D.prototype.fillText = function (text, ...args) {
    if (this.canvas.isConnected) {
      notes.current.push(text)
      notes.counts.set(text, (notes.counts.get(text) ?? 0) + 1)
    }
    fillText.call(this, text, ...args)
  }
}
