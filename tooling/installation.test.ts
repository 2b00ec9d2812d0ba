import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFixtureTree } from './architecture/fixture-tree.ts'
import type { Outcome } from './command.js'
import { ensureInstalled } from './installation.js'

const clean: Outcome = { exitCode: 0, timedOut: false, interrupted: false, problem: null }
const files = {
  'package.json': {},
  'pnpm-lock.yaml': '',
  'packages/tree/package.json': {},
  'node_modules/node/bin/node': '',
}

function createInstaller(...outcomes: Outcome[]) {
  let calls = 0
  return { install: async () => outcomes[calls++] ?? clean, calls: () => calls }
}

test('a finished installation is not repeated', async () => {
  using tree = createFixtureTree(files)
  const { install, calls } = createInstaller()
  expect(await ensureInstalled(tree.root, install)).toBeNull()
  expect(await ensureInstalled(tree.root, install)).toBeNull()
  expect(calls()).toBe(1)
})

test.each(['pnpm-lock.yaml', 'packages/tree/package.json'])(
  'a changed %s is installed again',
  async (path) => {
    using tree = createFixtureTree(files)
    const { install, calls } = createInstaller()
    await ensureInstalled(tree.root, install)
    writeFileSync(join(tree.root, path), '{ "changed": true }')
    await ensureInstalled(tree.root, install)
    expect(calls()).toBe(2)
  },
)

test.each([
  ['interrupted', { ...clean, interrupted: true }],
  ['failed', { ...clean, exitCode: 1 }],
  ['timed-out', { ...clean, timedOut: true }],
])('an %s installation does not count, not even over a finished one', async (_, outcome) => {
  using tree = createFixtureTree(files)
  const { install, calls } = createInstaller(clean, outcome)
  await ensureInstalled(tree.root, install)
  writeFileSync(join(tree.root, 'pnpm-lock.yaml'), 'next')
  expect(await ensureInstalled(tree.root, install)).toEqual(expect.any(String))
  writeFileSync(join(tree.root, 'pnpm-lock.yaml'), '')
  expect(await ensureInstalled(tree.root, install)).toBeNull()
  expect(calls()).toBe(3)
})
