import type { Client } from '@banyan/client'
import { createSystemClock } from '@banyan/protocol'
import { TestingError } from '@banyan/testing'
import type { JSHandle, Page } from '@playwright/test'
import { type Door, doorKey } from '../door/door.ts'

type DoorCalls = Omit<Door, 'client'>

/** A page's door from the test's side. */
export interface PageDoor {
  /** Waits for the door while the page loads. Throws 'noDoor' or 'pageClosed'. */
  call<Method extends keyof DoorCalls>(
    method: Method,
    ...args: Parameters<DoorCalls[Method]>
  ): Promise<Awaited<ReturnType<DoorCalls[Method]>>>
  client(): Promise<JSHandle<Client>>
  /** Whether the page has opened it; does not wait. */
  isOpen(): Promise<boolean>
}

/** How long a page may take to load and to open its door. */
const openMs = 10_000
const lookAgainMs = 20
const navigated = /context was destroyed|context with specified id|navigation|frame was detached/i

export function createPageDoor(name: string, page: Page): PageDoor {
  const clock = createSystemClock()

  /** Null while there is no door: before the page's scripts have run, and between two pages. */
  async function attempt<Value>(run: () => Promise<Value>): Promise<Value | null> {
    try {
      return await run()
    } catch (error) {
      if (page.isClosed()) throw closedError(name)
      const text = error instanceof Error ? error.message : String(error)
      if (/has been closed/i.test(text)) throw closedError(name)
      if (navigated.test(text)) return null
      throw error
    }
  }

  async function waitFor<Value>(run: () => Promise<Value | null>): Promise<Value> {
    for (const endMs = clock.now() + openMs; ; ) {
      if (page.isClosed()) throw closedError(name)
      const value = await attempt(run)
      if (value !== null) return value
      if (clock.now() > endMs || page.url() === 'about:blank') throw doorError(name, page)
      await new Promise<void>((resolve) => void clock.after(lookAgainMs, resolve))
    }
  }

  return {
    async call(method, ...args) {
      const { value } = await waitFor(() =>
        page.evaluate(
          async ([key, called, given]) => {
            const door = Reflect.get(globalThis, key) as
              | Record<string, (...args: unknown[]) => unknown>
              | undefined
            return door === undefined ? null : { value: await door[called]?.(...given) }
          },
          [doorKey, method, args] as const,
        ),
      )
      return value as never
    },
    client: () =>
      waitFor(async () => {
        const handle = await page.evaluateHandle((key) => {
          const door = Reflect.get(globalThis, key) as { client: unknown } | undefined
          return door?.client ?? null
        }, doorKey)
        const isThere = await handle.evaluate((client) => client !== null)
        return isThere ? (handle as JSHandle<Client>) : null
      }),
    isOpen: async () =>
      !page.isClosed() && (await attempt(() => page.evaluate((key) => key in globalThis, doorKey))) === true,
  }
}

function closedError(name: string): TestingError {
  return new TestingError(
    'pageClosed',
    `cannot reach the replica of "${name}": their page is closed. Keep it open, or ask before it closes.`,
  )
}

function doorError(name: string, page: Page): TestingError {
  const why =
    page.url() === 'about:blank'
      ? `they have opened no page. Call open('/path') first, or pass { path } to world.players.`
      : `the page at ${page.url()} has no door. Call openDoor(client) of "@banyan/playwright/page" in test builds, and serve one.`
  return new TestingError('noDoor', `cannot reach the replica of "${name}": ${why}`)
}
