import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './command.js'
import { createStamp, fingerprint } from './fingerprint.js'
import { pinnedNode } from './installation.js'
import { packageFolders, readManifest } from './workspace.js'

const interruption = 'the build was interrupted. Run the command again to finish it.'

/**
 * Folders of the apps whose manifest has the named script.
 * @param {string} root
 * @param {string} script
 */
export function applicationsWith(root, script) {
  return packageFolders(root).filter(
    (folder) =>
      folder.startsWith('apps/') && readManifest(join(root, folder)).scripts?.[script] !== undefined,
  )
}

/** What users get. */
const productionBuild = { script: 'build', output: 'dist', packages: ['packages/banyan'] }

/** What browser tests get: pages that open their doors. */
export const testBuild = {
  script: 'build:test',
  output: 'dist-test',
  packages: ['packages/banyan', 'packages/playwright'],
}

/**
 * Builds the packages and then one app through a script of its manifest; does nothing when no input changed since the
 * last finished build. Resolves to null when built, else to a sentence that says why not.
 * @param {string} root
 * @param {string} folder
 * @param {typeof productionBuild} [kind]
 * @returns {Promise<string | null>}
 */
export async function ensureBuilt(root, folder, { script, output, packages: built } = productionBuild) {
  const name = `${script}-${folder}`.replaceAll(/[/:]/g, '-')
  const stamp = createStamp(join(root, 'node_modules', '.banyan', name))
  const wanted = fingerprint(root, [
    folder,
    'packages',
    'pnpm-lock.yaml',
    'tsconfig.base.json',
    'tsconfig.check.json',
  ])
  const outputs = [join(folder, output), ...built.map((each) => join(each, 'dist'))]
  const isThere = outputs.every((each) => existsSync(join(root, each)))
  if (stamp.matches(wanted) && isThere) return null
  stamp.begin()
  console.log(`Building ${folder}/${output} …`)
  const node = pinnedNode(root)
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const packages = await runCommand([node, compiler, '-b', ...built], { cwd: root, group: 'shared' })
  if (packages.interrupted) return interruption
  if (packages.exitCode !== 0) return 'the packages did not compile. The messages above say where.'
  const app = await runScript(root, { folder, script, group: 'shared' })
  if (app.interrupted) return interruption
  if (app.exitCode !== 0) return `the build of ${folder} failed. Its messages above say why.`
  stamp.finish(wanted)
  return null
}

/**
 * Runs a manifest's script on the pinned Node, without a package manager.
 * @param {string} root
 * @param {{ folder: string, script: string, group: 'own' | 'shared', env?: NodeJS.ProcessEnv }} options
 */
export function runScript(root, { folder, script, group, env = process.env }) {
  return runCommand([pinnedNode(root), '--run', script], { cwd: join(root, folder), group, env })
}
