import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const workspaceRoot = dirname(dirname(fileURLToPath(import.meta.url)))

const parents = ['packages', 'apps']
const leaves = ['e2e', 'benches']

/**
 * Folders of all workspace packages relative to the root, sorted; the same set as in pnpm-workspace.yaml.
 * @param {string} root
 * @returns {string[]}
 */
export function packageFolders(root) {
  const nested = parents
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
  return [...nested, ...leaves].filter((folder) => existsSync(join(root, folder, 'package.json'))).sort()
}

/**
 * A manifest as far as the tooling reads it.
 * @typedef {Partial<Record<'dependencies' | 'devDependencies' | 'peerDependencies' | 'scripts' | 'engines', Record<string, string>>> & { name?: string, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} Manifest
 */

/**
 * Throws when the folder has no readable package.json.
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
