import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const file = fileURLToPath(new URL('node-runner/race.ts', import.meta.url))

test('FA1 a test place runs under other runners than Vitest, such as that of Node', async () => {
  const args = ['--conditions=@banyan/source', '--test', '--test-reporter=tap', file]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout).toMatch(/ok 1 - nobody drives faster[\s\S]*# pass 1\n# fail 0/)
})
