// R6: ten thousand mounts and unmounts in StrictMode, in a page of jsdom under virtual time.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Soak } from './soak.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Runs the test of mounts for longer: its page is Vitest's. */
export const mounts: Soak = async ({ isQuick }) => {
  const manifest = createRequire(import.meta.url).resolve('vitest/package.json')
  const runner = fork(
    join(dirname(manifest), 'vitest.mjs'),
    ['run', '--project', 'react', 'packages/testing/src/react/mounts'],
    { cwd: root, env: { ...process.env, SOAK_MOUNTS: isQuick ? '200' : '10000' } },
  )
  const [code] = await once(runner, 'exit')
  return code === 0 ? [] : ['mounts leave something behind; the output above says what']
}
