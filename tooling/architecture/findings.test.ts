import { expect, test } from 'vitest'
import type { Arrows } from './arrows.ts'
import { findBreaches } from './findings.ts'
import { createFixtureTree } from './fixture-tree.ts'
import { readWorkspace } from './workspace-package.ts'

const arrows: Readonly<Record<string, Arrows>> = {
  'packages/tree': { workspace: [], external: [], node: false },
  'packages/wire': { workspace: ['@banyan/tree'], external: ['immer'], node: false },
  'packages/leaf': { workspace: [], tests: ['@banyan/tree'], external: [], node: false },
  tooling: { workspace: [], external: 'declared', node: true },
}
const architecture = { arrows, timeAndChance: ['packages/wire/src/system-clock.ts'], emptyNouns: ['utils'] }

const healthy = {
  'package.json': { name: 'root', devDependencies: { vitest: '*' } },
  'tooling/start.js': "import 'node:fs'",
  'packages/tree/package.json': { name: '@banyan/tree' },
  'packages/tree/src/index.ts': "export { leaf } from './leaf.ts'",
  'packages/tree/src/leaf.ts': 'export const leaf = 1',
  'packages/wire/package.json': {
    name: '@banyan/wire',
    dependencies: { '@banyan/tree': 'workspace:*', immer: '*' },
  },
  'packages/wire/src/index.ts':
    "import { leaf } from '@banyan/tree'\nimport { produce } from 'immer'\nexport { leaf, produce }",
  'packages/wire/src/index.test.ts': "import { test } from 'vitest'\nimport 'node:fs'\ntest('x', () => {})",
  'packages/wire/src/system-clock.ts': 'export const now = () => Date.now()',
}

function breachesOf(planted: Readonly<Record<string, string | object>>): readonly string[] {
  using tree = createFixtureTree({ ...healthy, ...planted })
  return findBreaches(readWorkspace(tree.root), architecture).map(({ rule, where }) => `${rule} ${where}`)
}

test('a tree that keeps to the table has no findings', () => {
  expect(breachesOf({})).toEqual([])
})

test.each([
  ['a static import', "import { x } from '@banyan/wire'\nexport { x }"],
  ['a type-only import', "import type { X } from '@banyan/wire'\nexport type { X }"],
  ['an inline type import', "export type X = import('@banyan/wire').X"],
  ['a dynamic import', "export const load = () => import('@banyan/wire')"],
  ['a re-export', "export * from '@banyan/wire'"],
  ['a subpath', "import '@banyan/wire/frame'"],
])('a forbidden arrow is found in %s', (_, text) => {
  expect(breachesOf({ 'packages/tree/src/leaf.ts': text })).toEqual(['arrow packages/tree/src/leaf.ts:1'])
})

test('a forbidden arrow is found in a test', () => {
  expect(breachesOf({ 'packages/tree/src/leaf.test.ts': "import '@banyan/wire'" })).toEqual([
    'arrow packages/tree/src/leaf.test.ts:1',
  ])
})

test('a forbidden arrow is found in a manifest, even among development dependencies', () => {
  const manifest = { name: '@banyan/tree', devDependencies: { '@banyan/wire': 'workspace:*' } }
  expect(breachesOf({ 'packages/tree/package.json': manifest })).toEqual(['arrow packages/tree/package.json'])
})

test('an arrow for tests is found in a source and among shipped dependencies', () => {
  const files = {
    'packages/leaf/package.json': {
      name: '@banyan/leaf',
      devDependencies: { '@banyan/tree': 'workspace:*' },
    },
    'packages/leaf/src/index.test.ts': "import '@banyan/tree'",
  }
  expect(breachesOf(files)).toEqual([])
  expect(breachesOf({ ...files, 'packages/leaf/src/index.ts': "import '@banyan/tree'" })).toEqual([
    'arrow packages/leaf/src/index.ts:1',
  ])
  const shipped = { name: '@banyan/leaf', dependencies: { '@banyan/tree': 'workspace:*' } }
  expect(breachesOf({ ...files, 'packages/leaf/package.json': shipped })).toEqual([
    'arrow packages/leaf/package.json',
  ])
})

test('a relative path into another package is found', () => {
  expect(breachesOf({ 'packages/tree/src/leaf.ts': "import '../../wire/src/index.ts'" })).toEqual([
    'outside packages/tree/src/leaf.ts:1',
  ])
})

test('an undeclared dependency is found', () => {
  const undeclared = { name: '@banyan/wire', dependencies: { '@banyan/tree': 'workspace:*' } }
  expect(breachesOf({ 'packages/wire/package.json': undeclared })).toEqual([
    'undeclared packages/wire/src/index.ts:2',
  ])
  expect(breachesOf({ 'packages/tree/src/leaf.ts': "import 'left-pad'" })).toEqual([
    'undeclared packages/tree/src/leaf.ts:1',
  ])
})

test('a dependency that only tests may use is found in a source', () => {
  expect(breachesOf({ 'packages/tree/src/leaf.ts': "import 'vitest'" })).toEqual([
    'undeclared packages/tree/src/leaf.ts:1',
  ])
})

test('a declared dependency that the table does not list is found', () => {
  const manifest = { name: '@banyan/tree', dependencies: { ws: '*' } }
  expect(
    breachesOf({ 'packages/tree/package.json': manifest, 'packages/tree/src/leaf.ts': "import 'ws'" }),
  ).toEqual(['manifest packages/tree/package.json', 'arrow packages/tree/src/leaf.ts:1'])
})

test('a package that the table does not know is found', () => {
  expect(breachesOf({ 'packages/stray/package.json': { name: 'stray' } })).toEqual(['folder packages/stray'])
})

test('a Node module is found in a package that runs without Node', () => {
  expect(breachesOf({ 'packages/tree/src/leaf.ts': "import 'node:fs'" })).toEqual([
    'platform packages/tree/src/leaf.ts:1',
  ])
  expect(breachesOf({ 'packages/tree/src/leaf.ts': "import 'fs'" })).toEqual([
    'platform packages/tree/src/leaf.ts:1',
  ])
})

test.each([
  'export const now = () => Date.now()',
  "export const now = () => globalThis.Date['now']()",
  'export const { now } = Date',
  'export const now = () => new Date()',
  'export const now = () => performance.now()',
  'export const chance = () => Math.random()',
  'setTimeout(() => {}, 1)',
  'globalThis.setInterval(() => {}, 1)',
  'export const later = setTimeout',
  'export const later = { setTimeout }',
  'export const later = setTimeout as unknown',
])('the platform clock or chance is found in `%s`', (text) => {
  expect(breachesOf({ 'packages/tree/src/leaf.ts': text })).toEqual(['time packages/tree/src/leaf.ts:1'])
})

test.each([
  'export const at = (ms: number) => new Date(ms)',
  'export const run = (clock: { setTimeout(): void }) => clock.setTimeout()',
  'export type Timer = ReturnType<typeof setTimeout>',
  'export const half = Math.floor(0.5)',
])('`%s` reads no clock', (text) => {
  expect(breachesOf({ 'packages/tree/src/leaf.ts': text })).toEqual([])
})

test.each(['let count = 0', 'export let count = 0', 'export const places = new Map<string, number>()'])(
  'module-level state is found in `%s`',
  (text) => {
    expect(breachesOf({ 'packages/tree/src/leaf.ts': text })).toEqual(['state packages/tree/src/leaf.ts:1'])
  },
)

test.each([
  'export const places: ReadonlyMap<string, number> = new Map()',
  "export const kinds = new Set(['a'])",
])('`%s` is no state', (text) => {
  expect(breachesOf({ 'packages/tree/src/leaf.ts': text })).toEqual([])
})

test('a computed import is found', () => {
  expect(
    breachesOf({ 'packages/tree/src/leaf.ts': 'export const load = (name: string) => import(name)' }),
  ).toEqual(['computed packages/tree/src/leaf.ts:1'])
})

test('an empty noun and a name that is not kebab-case are found', () => {
  expect(breachesOf({ 'packages/tree/src/utils/rootNode.ts': '' })).toEqual([
    'name packages/tree/src/utils/rootNode.ts',
    'name packages/tree/src/utils/rootNode.ts',
  ])
})
