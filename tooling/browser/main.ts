import { createRequire } from 'node:module'
import { join } from 'node:path'
import { applicationsWith, ensureBuilt, testBuild } from '../applications.js'
import { runCommand } from '../command.js'
import { workspaceRoot } from '../workspace.js'
import { ensureChromium } from './chromium.ts'
import { createMachine } from './machine.ts'
import { findOthers, notRun } from './other-browsers.ts'

/** Playwright ends by itself after this much for each browser, when the suite runs it. */
const browserLimitMs = 25 * 60_000
const inSuite = '--in-suite'

/** Resolves to the exit code; arguments go on to Playwright. */
async function runBrowserTests(root: string): Promise<number> {
  for (const folder of applicationsWith(root, 'build')) {
    const problem = await ensureBuilt(root, folder)
    if (problem !== null) return refuse(problem)
  }
  for (const folder of applicationsWith(root, testBuild.script)) {
    const problem = await ensureBuilt(root, folder, testBuild)
    if (problem !== null) return refuse(problem)
  }
  const machine = createMachine(root)
  const chromium = await ensureChromium(machine)
  if (!chromium.found) return refuse(`no Chromium: ${chromium.problem}`)
  console.log(`chromium: ${chromium.path} (${chromium.source})`)
  const others = await findOthers(machine)
  for (const { browser, isInstalled } of others)
    console.log(`${browser}: ${isInstalled ? 'installed' : notRun}`)
  const browsers = ['chromium', ...others.flatMap((each) => (each.isInstalled ? each.browser : []))]
  const given = process.argv.slice(2).filter((argument) => argument !== inSuite)
  const limit = process.argv.includes(inSuite) ? [`--global-timeout=${browserLimitMs * browsers.length}`] : []
  const playwright = createRequire(join(root, 'e2e', 'package.json')).resolve('@playwright/test/cli')
  const { exitCode, problem } = await runCommand([process.execPath, playwright, 'test', ...limit, ...given], {
    cwd: join(root, 'e2e'),
    group: 'shared',
    env: { ...process.env, CHROMIUM_PATH: chromium.path, BROWSERS: browsers.join() },
  })
  if (problem !== null) return refuse(problem)
  return exitCode ?? 1
}

function refuse(problem: string): number {
  console.error(`Cannot run the browser tests: ${problem}`)
  return 1
}

process.exitCode = await runBrowserTests(workspaceRoot)
