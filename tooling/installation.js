import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './command.js'
import { createStamp, fingerprint } from './fingerprint.js'
import { packageFolders } from './workspace.js'

const pnpmVersion = '12.21.0'
const limitMs = 15 * 60_000
const isWindows = process.platform === 'win32'

/**
 * The Node that the workspace pins and installs for itself, whatever Node runs this script.
 * @param {string} root
 */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')
}

/**
 * What an installation depends on: lockfile, manifests, platform and pnpm's version.
 * @param {string} root
 */
function installationFingerprint(root) {
  const manifests = packageFolders(root).map((folder) => `${folder}/package.json`)
  const files = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', ...manifests]
  return [pnpmVersion, process.platform, process.arch, fingerprint(root, files)].join(' ')
}

/**
 * Installs the workspace with the pinned pnpm unless the last finished installation was for the same manifests.
 * Resolves to null when the workspace is ready, else to a sentence that says why not.
 * @param {string} root
 * @param {(root: string) => Promise<import('./command.js').Outcome>} [install]
 * @returns {Promise<string | null>}
 */
export async function ensureInstalled(root, install = runPnpmInstall) {
  const stamp = createStamp(join(root, 'node_modules', '.banyan', 'installation'))
  const wanted = installationFingerprint(root)
  if (stamp.matches(wanted) && existsSync(pinnedNode(root))) return null
  stamp.begin()
  const { exitCode, timedOut, interrupted, problem } = await install(root)
  if (interrupted) return 'the installation was interrupted. Run the command again to finish it.'
  if (timedOut)
    return `pnpm did not finish within ${limitMs / 60_000} minutes. Check the network and run the command again.`
  if (exitCode !== 0)
    return `pnpm install failed (${problem ?? `exit code ${exitCode}`}). Its messages above say why.`
  if (!existsSync(pinnedNode(root)))
    return 'pnpm finished, but the pinned Node is missing. Remove node_modules and run the command again.'
  stamp.finish(wanted)
  return null
}

/** @param {string} root */
function runPnpmInstall(root) {
  console.log(`Installing with pnpm ${pnpmVersion} …`)
  return runCommand(['npx', '--yes', `pnpm@${pnpmVersion}`, 'install', '--frozen-lockfile'], {
    cwd: root,
    group: 'own',
    // pnpm asks before it replaces a node_modules folder unless CI is set, and there is no stdin to answer from.
    env: { ...process.env, CI: 'true', npm_config_loglevel: 'error' },
    limitMs,
    shell: isWindows,
  })
}
