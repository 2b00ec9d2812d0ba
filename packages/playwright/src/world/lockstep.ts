import { setImmediate } from 'node:timers/promises'
import { createSystemClock } from '@banyan/protocol'
import { TestingError } from '@banyan/testing'
import type { TestHost } from '@banyan/testing/host'
import type { BrowserContext } from '@playwright/test'
import { type PageLines, pageLinesKey, watchPageLines } from './page-lines.ts'

/** Virtual time of the server and of pages as one. */
export interface Lockstep {
  /** Puts a browser into virtual time, before its first page. */
  add(context: BrowserContext): Promise<void>
  /** Moves all by a step, waits until nothing is on its way, and goes on. Calls queue. Takes whole milliseconds. */
  advance(ms: number): Promise<void>
}

/** Under the tick of every place, so that a page's input of one step is in the next tick. */
const stepMs = 16
const calmLimitMs = 10_000

export function createLockstep(host: TestHost): Lockstep {
  const contexts = new Set<BrowserContext>()
  const real = createSystemClock()
  let last: Promise<void> = Promise.resolve()

  async function run(ms: number): Promise<void> {
    await calm()
    for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
      const step = Math.min(stepMs, leftMs)
      // Pages first: what they send is there when the server's time comes.
      await Promise.all([...contexts].map((context) => passIn(context, step)))
      await calm()
      await host.advance(step)
      await calm()
    }
  }

  /** Until each frame that a page sent has come to the server, and each of the server's to its page. */
  async function calm(): Promise<void> {
    for (const endMs = real.now() + calmLimitMs; ; ) {
      await host.advance(0)
      // Pages before the server: what either sends meanwhile makes the counts differ.
      const atPages = await countAtPages([...contexts])
      const atServer = countAtServer(host)
      if (atPages.up === atServer.up && atPages.down === atServer.down) return
      if (real.now() > endMs) {
        throw new TestingError(
          'didNotHappen',
          `cannot go on: the pages sent ${atPages.up} frames and received ${atPages.down}, the server received ${atServer.up} and sent ${atServer.down}. Virtual time needs WebSockets, and pages that only players of this world have open.`,
        )
      }
      await setImmediate()
    }
  }

  return {
    async add(context) {
      const time = host.clock.now()
      await context.addInitScript(watchPageLines, pageLinesKey)
      await context.clock.install({ time })
      await context.clock.pauseAt(time)
      contexts.add(context)
      context.on('close', () => contexts.delete(context))
    },
    advance(ms) {
      if (!Number.isInteger(ms) || ms < 0) {
        return Promise.reject(
          new TestingError(
            'invalidOption',
            `cannot advance by "${ms}" ms: pages have whole milliseconds. Pass a whole number from 0 up.`,
          ),
        )
      }
      const next = last.then(() => run(ms))
      last = next.catch(() => {})
      return next
    },
  }
}

async function passIn(context: BrowserContext, ms: number): Promise<void> {
  if (context.pages().length > 0) await context.clock.runFor(ms)
}

async function countAtPages(contexts: readonly BrowserContext[]): Promise<PageLines> {
  const pages = contexts.flatMap((context) => context.pages())
  const counts = await Promise.all(
    pages.map((page) =>
      page
        .evaluate(
          (key) => (Reflect.get(globalThis, key) as (() => PageLines) | undefined)?.() ?? null,
          pageLinesKey,
        )
        // A page on its way to another has no lines.
        .catch(() => null),
    ),
  )
  return {
    up: counts.reduce((sum, count) => sum + (count?.up ?? 0), 0),
    down: counts.reduce((sum, count) => sum + (count?.down ?? 0), 0),
  }
}

function countAtServer({ openLines }: TestHost): PageLines {
  return {
    up: openLines.reduce((sum, { framesUp }) => sum + framesUp, 0),
    down: openLines.reduce((sum, { framesDown }) => sum + framesDown, 0),
  }
}
