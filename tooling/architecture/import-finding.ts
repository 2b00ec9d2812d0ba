import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { Manifest } from '../workspace.js'
import type { Finding, Scope } from './findings.ts'
import type { Import } from './source-file.ts'
import type { PackageFile } from './workspace-package.ts'

/** What is wrong with one import, or null. */
export function importFinding({ specifier, line }: Import, file: PackageFile, scope: Scope): Finding | null {
  const breach = breachOf(specifier, file, scope)
  return breach === null ? null : { ...breach, where: `${file.path}:${line}` }
}

type Breach = Omit<Finding, 'where'>

function breachOf(specifier: string | null, file: PackageFile, scope: Scope): Breach | null {
  const { member, allowed, names } = scope
  const isTest = file.role === 'test'
  if (specifier === null) {
    return member.folder.startsWith('packages/') && !isTest
      ? { rule: 'computed', problem: 'imports a computed path, which no rule can follow' }
      : null
  }
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = posix.join(posix.dirname(file.path), specifier)
    return target.startsWith(`${member.folder}/`)
      ? null
      : { rule: 'outside', problem: `imports "${specifier}" outside of its own folder` }
  }
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:'))
      return { rule: 'platform', problem: `imports "${specifier}" without node:` }
    return allowed.node || isTest
      ? null
      : { rule: 'platform', problem: `imports "${specifier}", but runs without Node` }
  }
  const target = packageName(specifier)
  if (target === member.name)
    return isTest ? null : { rule: 'arrow', problem: `imports itself as "${specifier}"` }
  const targets = isTest ? [...allowed.workspace, ...(allowed.tests ?? [])] : allowed.workspace
  if (names.has(target) && !targets.includes(target)) {
    return { rule: 'arrow', problem: `imports "${specifier}"` }
  }
  return externalBreach(target, isTest, scope)
}

function externalBreach(
  target: string,
  isTest: boolean,
  { member, allowed, names, rootManifest }: Scope,
): Breach | null {
  const declared = isDeclared(target, member.manifest, isTest || allowed.external === 'declared')
  // Tests stand on the tools that the root installs for everyone.
  if (!declared && !(isTest && isDeclared(target, rootManifest, true))) {
    return { rule: 'undeclared', problem: `imports "${target}", which its package.json does not declare` }
  }
  if (isTest || names.has(target) || allowed.external === 'declared' || allowed.external.includes(target))
    return null
  return { rule: 'arrow', problem: `imports "${target}", which the table does not list` }
}

function isDeclared(name: string, manifest: Manifest, withDevelopment: boolean): boolean {
  const { dependencies = {}, peerDependencies = {}, devDependencies = {} } = manifest
  return name in dependencies || name in peerDependencies || (withDevelopment && name in devDependencies)
}

function packageName(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}
