import { createSystemClock } from '@banyan/protocol'
import { TestingError } from '@banyan/testing'
import type { TestHost } from '@banyan/testing/host'
import type { BrowserContext } from '@playwright/test'
import { type FrameCounts, type PageLines, watchPageLines } from './page-lines.ts'

/** Virtual time of the server and of pages as one. */
export interface Lockstep {
  /** Puts a browser into virtual time, before its first page. */
  add(context: BrowserContext): Promise<void>
  /** Moves all by a step, waits until nothing is on its way, and goes on. Calls queue. Takes whole milliseconds. */
  advance(ms: number): Promise<void>
}

/** About a tick of the fastest place, so that a page's input of one step is in the next tick. */
const stepMs = 20
const calmLimitMs = 10_000

export function createLockstep(host: TestHost): Lockstep {
  const browsers = new Map<BrowserContext, PageLines>()
  const real = createSystemClock()
  let last: Promise<void> = Promise.resolve()

  async function run(ms: number): Promise<void> {
    await calm()
    for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
      const step = Math.min(stepMs, leftMs)
      // Pages first: what they send is there when the server's time comes.
      await Promise.all([...browsers.keys()].map((context) => passIn(context, step)))
      await calm()
      await host.advance(step)
      await calm()
    }
  }

  /** Until each frame that a page sent has come to the server, and each of the server's to its page. */
  async function calm(): Promise<void> {
    for (const endMs = real.now() + calmLimitMs; ; ) {
      await host.advance(0)
      const atPages = sum([...browsers.values()].map((lines) => lines.counts()))
      const atServer = sum(host.openLines.map(({ framesUp: up, framesDown: down }) => ({ up, down })))
      if (atPages.up === atServer.up && atPages.down === atServer.down) return
      if (real.now() > endMs) {
        throw new TestingError(
          'didNotHappen',
          `cannot go on: the pages sent ${atPages.up} frames and received ${atPages.down}, the server received ${atServer.up} and sent ${atServer.down}. Virtual time needs WebSockets, and a server that nobody but this world's players has joined.`,
        )
      }
      await new Promise<void>((resolve) => void real.after(1, resolve))
    }
  }

  return {
    async add(context) {
      const time = host.clock.now()
      browsers.set(context, await watchPageLines(context))
      await context.clock.install({ time })
      await context.clock.pauseAt(time)
      context.on('close', () => browsers.delete(context))
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

function sum(counts: readonly FrameCounts[]): FrameCounts {
  return {
    up: counts.reduce((total, { up }) => total + up, 0),
    down: counts.reduce((total, { down }) => total + down, 0),
  }
}
