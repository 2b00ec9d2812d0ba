import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, packageFolders, readManifest } from '../workspace.js'
import { parseSource, type SourceFile } from './source-file.ts'

/** A source file with where it lies; tests and contract suites may import more than what users run. */
export interface PackageFile extends SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly role: 'source' | 'test'
}

/** One folder of the workspace with everything the rules look at. */
export interface WorkspacePackage {
  readonly folder: string
  readonly name: string
  readonly manifest: Manifest
  readonly files: readonly PackageFile[]
}

const skipped = new Set(['node_modules', 'dist', 'dist-test', 'test-results', 'playwright-report'])
const sourceName = /\.(ts|tsx|mts|js|jsx|mjs)$/
/** What tests of one package share, and tests of several. */
const testFolders = ['fixtures', 'integration']
const testName = /(\.test\.tsx?|\.spec\.ts|-contract\.ts|\.config\.ts)$/

/** Reads every workspace package and the root's own `tooling`, whose manifest is the root's. */
export function readWorkspace(root: string): readonly WorkspacePackage[] {
  const rootManifest = readManifest(root)
  const packages = packageFolders(root).map((folder) =>
    readPackage(root, folder, readManifest(join(root, folder))),
  )
  return [...packages, readPackage(root, 'tooling', rootManifest)]
}

function readPackage(root: string, folder: string, manifest: Manifest): WorkspacePackage {
  const files = sourcePaths(root, folder).map((path) => ({
    ...parseSource(path, readFileSync(join(root, path), 'utf8')),
    path,
    role: isTest(folder, path) ? ('test' as const) : ('source' as const),
  }))
  return { folder, name: manifest.name ?? folder, manifest, files }
}

function isTest(folder: string, path: string): boolean {
  return testName.test(path) || testFolders.some((name) => path.startsWith(`${folder}/${name}/`))
}

function sourcePaths(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name) && !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sourcePaths(root, path)
      return sourceName.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : []
    })
}
