import type { Manifest } from '../workspace.js'
import type { Arrows } from './arrows.ts'
import { importFinding } from './import-finding.ts'
import type { PackageFile, WorkspacePackage } from './workspace-package.ts'

/** One breach of the architecture, at a line where a line can be named. */
export interface Finding {
  readonly rule:
    | 'folder'
    | 'arrow'
    | 'undeclared'
    | 'manifest'
    | 'outside'
    | 'computed'
    | 'platform'
    | 'time'
    | 'state'
    | 'name'
  readonly where: string
  readonly problem: string
}

/** What the rules compare a workspace with. */
export interface Architecture {
  readonly arrows: Readonly<Record<string, Arrows>>
  readonly timeAndChance: readonly string[]
  readonly emptyNouns: readonly string[]
}

/** All breaches in the workspace; an empty list means that the table is the truth. */
export function findBreaches(
  packages: readonly WorkspacePackage[],
  { arrows, timeAndChance, emptyNouns }: Architecture,
): readonly Finding[] {
  const names = new Set(packages.map(({ name }) => name))
  const rootManifest = packages.find(({ folder }) => folder === 'tooling')?.manifest ?? {}
  return packages.flatMap((member): readonly Finding[] => {
    const allowed = arrows[member.folder]
    if (allowed === undefined) {
      return [{ rule: 'folder', where: member.folder, problem: 'is not in the table of arrows' }]
    }
    const scope = { member, allowed, names, rootManifest }
    return [
      ...manifestFindings(scope),
      ...member.files.flatMap((file) => [
        ...file.imports.flatMap((entry) => importFinding(entry, file, scope) ?? []),
        ...(member.folder.startsWith('packages/')
          ? libraryFindings(file, { member, timeAndChance, emptyNouns })
          : []),
      ]),
    ]
  })
}

/** What a rule about one package needs to know of the whole. */
export interface Scope {
  readonly member: WorkspacePackage
  readonly allowed: Arrows
  readonly names: ReadonlySet<string>
  readonly rootManifest: Manifest
}

function manifestFindings({ member, allowed, names }: Scope): readonly Finding[] {
  const { dependencies = {}, peerDependencies = {}, devDependencies = {} } = member.manifest
  const where = `${member.folder}/package.json`
  const optionalPeers = Object.entries(member.manifest.peerDependenciesMeta ?? {})
    .filter(([, { optional }]) => optional === true)
    .map(([name]) => name)
  const shipped = Object.keys({ ...dependencies, ...peerDependencies })
  const forTests = Object.keys(devDependencies).filter((name) => !allowed.tests?.includes(name))
  const arrows = [...new Set([...shipped, ...forTests])]
    .filter((name) => names.has(name) && !allowed.workspace.includes(name))
    .map((name): Finding => ({ rule: 'arrow', where, problem: `depends on ${name}` }))
  const external = allowed.external
  if (external === 'declared') return arrows
  const strangers = shipped
    .filter((name) => !names.has(name) && !external.includes(name) && !optionalPeers.includes(name))
    .map(
      (name): Finding => ({
        rule: 'manifest',
        where,
        problem: `depends on ${name}, which the table does not list`,
      }),
    )
  return [...arrows, ...strangers]
}

function libraryFindings(
  file: PackageFile,
  { member, timeAndChance, emptyNouns }: Omit<Architecture, 'arrows'> & { member: WorkspacePackage },
): readonly Finding[] {
  const source = `${member.folder}/src/`
  if (!file.path.startsWith(source)) return []
  const findings: Finding[] = []
  if (!timeAndChance.includes(file.path)) {
    for (const { name, line } of file.platformReads) {
      findings.push({
        rule: 'time',
        where: `${file.path}:${line}`,
        problem: `reads ${name}; take a Clock or a Random instead`,
      })
    }
  }
  if (file.role === 'source') {
    for (const { name, line } of file.moduleState) {
      findings.push({
        rule: 'state',
        where: `${file.path}:${line}`,
        problem: `${name} is module-level state`,
      })
    }
  }
  for (const noun of file.path.slice(source.length).split('/')) {
    const [stem = ''] = noun.split('.')
    if (emptyNouns.includes(stem))
      findings.push({ rule: 'name', where: file.path, problem: `"${stem}" is not a noun of the domain` })
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem))
      findings.push({ rule: 'name', where: file.path, problem: `"${stem}" is not kebab-case` })
  }
  return findings
}
