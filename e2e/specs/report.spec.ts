import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test as base, expect } from '../fixtures/test.ts'

/** Writes down what a failing test left in its report, for the next test to read. */
const test = base.extend({
  // The world depends on it, so what comes after `use` comes after the world's end.
  time: async ({ time }, use, testInfo) => {
    await use(time)
    const left = testInfo.attachments.map(({ name, body }) => [name, body?.toString() ?? ''])
    const file = notesOf(testInfo.project.outputDir)
    await mkdir(dirname(file), { recursive: true })
    if (testInfo.errors.length > 0) await writeFile(file, JSON.stringify(left))
  },
})

const notesOf = (outputDir: string): string => join(outputDir, 'notes', 'report.json')

test.describe.configure({ mode: 'serial' })

test.fail('PW25 this test fails, on purpose', async ({ world }) => {
  const [ana, ben] = await world.players('Ana', 'Ben', { path: '/countdown' })
  await ben.page.close()
  await expect(ana).toSee('Workspace.Nobody', {}, { timeout: 100 })
})

test('PW25 a failed test leaves every player’s tree, the server’s tree and the messages in its report', async ({}, testInfo) => {
  const notes = await readFile(notesOf(testInfo.project.outputDir), 'utf8')
  const left = new Map(JSON.parse(notes) as [string, string][])
  expect(left.get('Ana.tree.txt')).toMatch(/"kind":"joined"[\s\S]*Countdown endsAt=0/)
  expect(left.get('Ana.tree.txt')).toContain('It is what the server shows them.')
  expect(left.get('Ben.tree.txt')).toContain('has no door')
  const names = [...left.keys()].join()
  expect(names).toMatch(/server\.countdown-\S+\.tree\.txt/)
  expect([...left].find(([name]) => name.startsWith('messages.'))?.[1]).toMatch(/↑ Ana +hello "Ana"/)
})

test.fail('PW26 a test fails for what the server logs and the test does not take', async ({ world }) => {
  await world.players('Ana', { path: '/countdown' })
  world.host.log.error('it broke', new Error('on purpose'))
})

test('PW26 what a test takes does not fail it', async ({ world }) => {
  await world.players('Ana', { path: '/countdown' })
  world.host.log.error('it broke', new Error('on purpose'))
  expect(world.takeLogged()).toEqual([expect.stringContaining('on purpose')])
})
