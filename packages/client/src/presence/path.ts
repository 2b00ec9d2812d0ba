import type { AnyInstanceClass, Instance } from '@banyan/datamodel'

/** Names from below the DataModel, as a dotted string, or as an array when a name contains dots. */
export type Path = string | readonly string[]

/** The names of a path. */
export function namesOf(path: Path): readonly string[] {
  return typeof path === 'string' ? path.split('.') : path
}

/** Equal for equal paths, whichever way they are written. */
export function pathKey(path: Path): string {
  return namesOf(path).join('\0')
}

/** The instance at the end of a path, when it is there and of that class. Costs a walk over each level's children. */
export function findByPath(root: Instance, path: Path, made: AnyInstanceClass | null): Instance | null {
  const names = namesOf(path)
  let at: Instance = root
  for (const [index, name] of names.entries()) {
    const found =
      made !== null && index === names.length - 1 ? at.findFirstChild(name, made) : at.findFirstChild(name)
    if (found === null) return null
    at = found
  }
  return at === root ? null : at
}

/** What a path lacks, in words: the deepest instance that exists, and what was looked for in it. */
export function describeAbsence(root: Instance, path: Path, made: AnyInstanceClass | null): string {
  let at = root
  for (const name of namesOf(path)) {
    const found = at.findFirstChild(name)
    const place = at === root ? 'the DataModel' : `"${at.getFullName()}"`
    if (found === null) return `${place} has no child "${name}"`
    at = found
  }
  return made === null ? 'it came and went' : `it is a ${at.className}, not a ${made.schema.name}`
}
