import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')

const rules = globSync('packages/*/SPEC.md', { cwd: root }).flatMap((spec) =>
  [...read(spec).matchAll(/^- ([A-Z]{2,4}\d+) /gm)].map(([, id = '']) => id),
)

/** What tests and contract suites begin their titles with. */
const quoted = new Set(
  globSync('{packages,apps,e2e}/**/*{.test,.spec,contract}*.{ts,tsx}', {
    cwd: root,
    exclude: ['**/node_modules/**', '**/dist/**'],
  }).flatMap((file) =>
    [...read(file).matchAll(/['"`]((?:[A-Z]{2,4}\d+:? )+)/g)].flatMap(([, ids = '']) =>
      ids.replaceAll(':', '').trim().split(' '),
    ),
  ),
)

/** They tell what is covered, and what no run without a fault can show. */
const told = new Set(['DT2', 'DT3', 'DT4', 'DT5', 'TA19'])

test('no two rules have one number', () => {
  expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([])
})

test('each rule is quoted by a test', () => {
  expect(rules.length).toBeGreaterThan(500)
  expect(rules.filter((id) => !quoted.has(id) && !told.has(id))).toEqual([])
})

test('tests quote rules that there are', () => {
  const prefixes = new Set(rules.map((id) => id.replace(/\d+$/, '')))
  const strange = [...quoted].filter((id) => prefixes.has(id.replace(/\d+$/, '')) && !rules.includes(id))
  expect(strange).toEqual([])
})
