// Runs on whatever Node the machine has, before anything is installed: no dependencies, no TypeScript.
import { ensureBuilt, runScript } from './applications.js'
import { ensureInstalled } from './installation.js'
import { parsePort, portProblem } from './port.js'
import { workspaceRoot } from './workspace.js'

const playground = 'apps/playground'

/** @returns {Promise<string | null>} why the playground could not be served, or null when there is nothing to add */
async function start() {
  const setting = process.env['PORT']
  const port = parsePort(setting)
  if (port === null)
    return `PORT is "${setting}": it must be a number from 1 to 65535. Try PORT=3001 npm start.`
  const problem = await portProblem(port)
  if (problem !== null)
    return `port ${port}: ${problem}. Stop what uses it, or choose another: PORT=3001 npm start.`
  const installation = await ensureInstalled(workspaceRoot)
  if (installation !== null) return installation
  const build = await ensureBuilt(workspaceRoot, playground)
  if (build !== null) return build
  const env = { ...process.env, PORT: String(port), NODE_ENV: process.env['NODE_ENV'] ?? 'production' }
  const server = await runScript(workspaceRoot, { folder: playground, script: 'start', group: 'own', env })
  if (server.interrupted) return null
  // A server that ended by itself has said why.
  process.exitCode = server.exitCode ?? 1
  return server.problem
}

const failure = await start()
if (failure !== null) {
  console.error(`Cannot start: ${failure}`)
  process.exitCode = 1
}
