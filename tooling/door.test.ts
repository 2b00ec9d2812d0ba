import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, defaultClientConditions, type Rollup } from 'vite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { workspaceRoot } from './workspace.js'

/** The name under which a page keeps its door: what the search is for. */
const [, marker = ''] =
  /doorKey = '([^']+)'/.exec(
    readFileSync(join(workspaceRoot, 'packages/playwright/src/door/door.ts'), 'utf8'),
  ) ?? []

/** A busy machine may take its time to build. */
const timeout = 60_000

/** Builds an app as its own script does, without writing, and names the files that hold the door. */
async function filesWithDoor(app: string, mode: 'production' | 'test'): Promise<readonly string[]> {
  const built = (await build({
    root: join(workspaceRoot, 'apps', app),
    mode,
    logLevel: 'silent',
    resolve: { conditions: ['@banyan/source', ...defaultClientConditions] },
    build: { write: false },
  })) as Rollup.RollupOutput
  expect(built.output.length, 'something was built').toBeGreaterThan(1)
  return built.output
    .filter((file) => String(file.type === 'chunk' ? file.code : file.source).includes(marker))
    .map(({ fileName }) => fileName)
}

describe('the door of browser tests', () => {
  // A build reads it, and the runner of this test has set it.
  beforeEach(() => void vi.stubEnv('NODE_ENV', 'production'))
  afterEach(() => void vi.unstubAllEnvs())

  test('PW2 has a name that can be searched for', () => {
    expect(marker.length).toBeGreaterThan(5)
  })

  test.each(['hello', 'playground'])(
    'PW2 is in no file of the production build of %s',
    { timeout },
    async (app) => {
      expect(await filesWithDoor(app, 'production')).toEqual([])
    },
  )

  test('PW2 is found by the same search in the test build of the playground', { timeout }, async () => {
    expect(await filesWithDoor('playground', 'test')).toHaveLength(1)
  })
})
