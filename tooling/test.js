// Runs on whatever Node the machine has, before anything is installed: no dependencies, no TypeScript.
import { join } from 'node:path'
import { runCommand } from './command.js'
import { ensureInstalled, pinnedNode } from './installation.js'
import { workspaceRoot } from './workspace.js'

// What the suite exits with after it has printed its own last line; any other failure means that it did not get there.
const suiteFailed = 3

const failure = await ensureInstalled(workspaceRoot)
if (failure === null) {
  const suite = join(workspaceRoot, 'tooling', 'suite', 'main.ts')
  const { exitCode, interrupted, problem } = await runCommand([pinnedNode(workspaceRoot), suite], {
    cwd: workspaceRoot,
    group: 'shared',
  })
  if (interrupted) process.exitCode = 130
  else if (exitCode === suiteFailed) process.exitCode = 1
  else if (exitCode !== 0) reportCrash(`the suite itself crashed (${problem ?? `exit code ${exitCode}`}).`)
} else {
  reportCrash(failure)
}

/** @param {string} reason */
function reportCrash(reason) {
  console.error(`Cannot test: ${reason}`)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
