import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, test } from '../fixtures/test.ts'
import { type ReportedTest, reportedTests } from '../pages/report.ts'

const config = fileURLToPath(new URL('../failing/playwright.config.ts', import.meta.url))
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli')

/** Runs one of the tests that have to fail, and returns what the report says about it. */
async function runFailing(title: string, outputDir: string): Promise<ReportedTest> {
  const given = [playwright, 'test', '--config', config, '--output', outputDir, '--grep', title]
  // Whoever runs this test may want its report in a file.
  const { PLAYWRIGHT_JSON_OUTPUT_FILE: _, ...env } = process.env
  const report = await new Promise<string>((resolve) => {
    // It exits with 1, which is what it is for.
    execFile(process.execPath, given, { env, maxBuffer: 2 ** 26 }, (_error, output) => resolve(output))
  })
  const [only, ...others] = reportedTests(report)
  if (only === undefined || others.length > 0) throw new Error(`no report of one test: ${report}`)
  return only
}

test('PW25 a failed test leaves every player’s tree, the server’s tree and the messages in its report', async ({}, testInfo) => {
  const { status, errors, attachments } = await runFailing('not there', testInfo.outputPath('run'))
  expect(status).toBe('failed')
  expect(errors.join()).toContain('"Ana" does not see "Workspace.Nobody"')
  expect(attachments.get('Ana.tree.txt')).toMatch(/"kind":"joined"[\s\S]*Countdown endsAt=0/)
  expect(attachments.get('Ana.tree.txt')).toContain('It is what the server shows them.')
  expect(attachments.get('Ben.tree.txt')).toContain('has no door')
  const named = (start: string) => [...attachments].find(([name]) => name.startsWith(start))?.[1]
  expect(named('server.countdown-')).toContain('game (DataModel)')
  expect(named('messages.countdown-')).toMatch(/↑ Ana +hello "Ana"/)
  expect(attachments.has('trace')).toBe(true)
})

test('PW26 a test fails for what the server logs, unless it takes it', async ({ world }, testInfo) => {
  await world.players('Ana', { path: '/countdown' })
  world.host.log.error('it broke', new Error('on purpose'))
  expect(world.takeLogged()).toEqual([expect.stringContaining('on purpose')])

  const { status, errors } = await runFailing('takes nothing', testInfo.outputPath('run'))
  expect(status).toBe('failed')
  expect(errors.join()).toMatch(/did not expect[\s\S]*it broke[\s\S]*world\.takeLogged\(\)/)
})
