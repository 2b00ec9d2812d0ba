import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const pages = globSync('docs/**/*.md', { cwd: root })

/** Fences that name a file quote it, whole or in part. */
function quotesOf(page: string): readonly (readonly [file: string, code: string])[] {
  const text = readFileSync(`${root}${page}`, 'utf8')
  return [...text.matchAll(/```\w+ file=(\S+)\n(.*?)\n```/gs)].map(([, file = '', code = '']) => [file, code])
}

test.each(pages)('what %s quotes stands so in the files that it names', (page) => {
  for (const [file, code] of quotesOf(page)) expect(readFileSync(`${root}${file}`, 'utf8')).toContain(code)
})

test.each(pages)('the links of %s lead somewhere', (page) => {
  const text = readFileSync(`${root}${page}`, 'utf8')
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link)
  for (const link of links.filter((one) => !one.includes('://'))) {
    expect(globSync(new URL(link, `file:///${page}`).pathname.slice(1), { cwd: root }), link).toHaveLength(1)
  }
})
