import type { BrowserContext, Page } from '@playwright/test'

/** Frames over the lines that are open now. */
export interface FrameCounts {
  readonly up: number
  readonly down: number
}

/** What went over the lines of a browser's pages, as the pages tell it; they are not asked. */
export interface PageLines {
  counts(): FrameCounts
}

/** The name under which pages tell. */
const tellKey = 'banyan.lines'

/** To be called before the first page opens. */
export async function watchPageLines(context: BrowserContext): Promise<PageLines> {
  const byPage = new Map<Page, FrameCounts>()
  await context.exposeBinding(tellKey, ({ page, frame }, counts: FrameCounts) => {
    if (frame !== page.mainFrame()) return
    if (!byPage.has(page)) page.on('close', () => byPage.delete(page))
    byPage.set(page, counts)
  })
  await context.addInitScript(tellLines, tellKey)
  return {
    counts: () => ({
      up: [...byPage.values()].reduce((sum, { up }) => sum + up, 0),
      down: [...byPage.values()].reduce((sum, { down }) => sum + down, 0),
    }),
  }
}

/** Runs in the page, before its own scripts: counts the binary messages of its WebSockets, which is how frames travel. */
function tellLines(key: string): void {
  const open = new Map<WebSocket, { up: number; down: number }>()
  const Native = WebSocket
  const tell = (): void => {
    const counts = [...open.values()]
    const up = counts.reduce((sum, count) => sum + count.up, 0)
    const down = counts.reduce((sum, count) => sum + count.down, 0)
    const send = Reflect.get(globalThis, key) as (counts: FrameCounts) => void
    send({ up, down })
  }

  class CountedWebSocket extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      const count = { up: 0, down: 0 }
      open.set(this, count)
      // The first listener, so that whoever hears the count knows that the page has had the message.
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') return
        count.down += 1
        tell()
      })
      this.addEventListener('close', () => this.forget())
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      super.send(data)
      const count = open.get(this)
      if (count === undefined || typeof data === 'string') return
      count.up += 1
      tell()
    }

    override close(code?: number, reason?: string): void {
      this.forget()
      super.close(code, reason)
    }

    private forget(): void {
      if (open.delete(this)) tell()
    }
  }

  Reflect.set(globalThis, 'WebSocket', CountedWebSocket)
  tell()
}
