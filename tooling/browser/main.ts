import { createRequire } from 'node:module'
import { join } from 'node:path'
import { applicationsWith, ensureBuilt } from '../applications.js'
import { runCommand } from '../command.js'
import { workspaceRoot } from '../workspace.js'
import { ensureChromium } from './chromium.ts'
import { createMachine } from './machine.ts'

/** Resolves to the exit code; arguments go on to Playwright. */
async function runBrowserTests(root: string): Promise<number> {
  for (const folder of applicationsWith(root, 'build')) {
    const problem = await ensureBuilt(root, folder)
    if (problem !== null) return refuse(problem)
  }
  const chromium = await ensureChromium(createMachine(root))
  if (!chromium.found) return refuse(`no Chromium: ${chromium.problem}`)
  console.log(`Chromium (${chromium.source}): ${chromium.path}`)
  const playwright = createRequire(join(root, 'e2e', 'package.json')).resolve('@playwright/test/cli')
  const { exitCode, problem } = await runCommand(
    [process.execPath, playwright, 'test', ...process.argv.slice(2)],
    {
      cwd: join(root, 'e2e'),
      group: 'shared',
      env: { ...process.env, CHROMIUM_PATH: chromium.path },
    },
  )
  if (problem !== null) return refuse(problem)
  return exitCode ?? 1
}

function refuse(problem: string): number {
  console.error(`Cannot run the browser tests: ${problem}`)
  return 1
}

process.exitCode = await runBrowserTests(workspaceRoot)
