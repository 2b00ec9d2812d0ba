import { createTestHost, type TestHost } from '@banyan/testing/host'
import {
  test as baseTest,
  type Expect,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test'
import { expect, type SeeMatchers } from './replica/to-see.ts'
import { attachWorld } from './report/attachments.ts'
import { createWorld } from './world/create-world.ts'
import type { World } from './world/world.ts'
import type { WorldOptions } from './world/world-options.ts'

/** What `test.use` takes. */
export interface WorldTestOptions {
  /** `virtual`: the server and all pages stand still until `world.advance`. `real` when left out. */
  readonly time: 'real' | 'virtual'
}

/** What tests ask for. */
export interface WorldFixtures {
  readonly world: World
}

interface WorkerFixtures {
  /** Made when the first test of the worker in real time asks for it. */
  readonly worldHost: () => Promise<TestHost>
}

type TestArgs = PlaywrightTestArgs & PlaywrightTestOptions & WorldTestOptions & WorldFixtures
type WorkerArgs = PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures

/** Playwright's `test` with a world in it. */
export type WorldTest = TestType<TestArgs, WorkerArgs>

/**
 * Makes `test` and `expect` for a game. Each worker has a server of its own on a free port, each test a place of its own
 * on it; a test in virtual time has a server of its own.
 */
export function defineWorld(options: WorldOptions): {
  readonly test: WorldTest
  readonly expect: Expect<SeeMatchers>
} {
  const { places, files, seed = 1 } = options
  const test = baseTest.extend<WorldTestOptions & WorldFixtures, WorkerFixtures>({
    time: ['real', { option: true }],
    worldHost: [
      // Playwright reads what a fixture needs from its first parameter.
      async ({}, use) => {
        let made = null as Promise<TestHost> | null
        await use(() => {
          made ??= createTestHost({ places, files, seed })
          return made
        })
        await (await made)?.[Symbol.asyncDispose]()
      },
      { scope: 'worker' },
    ],
    world: async ({ browser, time, worldHost }, use, testInfo) => {
      const isVirtual = time === 'virtual'
      const host = isVirtual
        ? await createTestHost({ places, files, seed, clock: 'virtual' })
        : await worldHost()
      const place = `${testInfo.testId}-${testInfo.repeatEachIndex}-${testInfo.retry}`
      const owned = createWorld({ options, host, browser, place })
      try {
        await use(owned.world)
        // Also where a failure is expected: it may be another one by now.
        if (testInfo.errors.length > 0) {
          await attachWorld(testInfo, { host, members: owned.members })
        }
      } finally {
        await owned.end()
        if (isVirtual) await host[Symbol.asyncDispose]()
      }
    },
  })
  return { test, expect }
}
