import { applicationsWith, ensureBuilt } from './applications.js'
import { workspaceRoot } from './workspace.js'

const problems: string[] = []
for (const folder of applicationsWith(workspaceRoot, 'build')) {
  const problem = await ensureBuilt(workspaceRoot, folder)
  if (problem !== null) problems.push(problem)
}
for (const problem of problems) console.error(`Cannot build: ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1
