import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')
const quoted = [...readme.matchAll(/```\w+ file=(\S+)\n(.*?)\n```/gs)].map(([, path = '', code = '']) => ({
  path,
  code,
}))

test('the README is at most 150 lines', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150)
})

test('the README quotes the hello app, whole and as it stands', () => {
  expect(quoted.map(({ path }) => path)).toEqual(
    ['definition.ts', 'server.ts', 'client.tsx'].map((name) => `apps/hello/src/${name}`),
  )
  for (const { path, code } of quoted) {
    expect(code, path).toBe(readFileSync(fileURLToPath(new URL(path, root)), 'utf8').trimEnd())
  }
})

test('the hello app is at most 25 lines over both sides', () => {
  const lines = quoted.flatMap(({ code }) => code.split('\n').filter((line) => line.trim() !== ''))
  expect(lines.length).toBeLessThanOrEqual(25)
})
