import type { ClassSchema, DataModel, Instance } from '@banyan/datamodel'
import type { Sight } from '../door/door.ts'
import { toPortable } from '../door/portable.ts'

/** The end of a walk along names: the instance, or where the way ends. */
export type Walk =
  | { readonly kind: 'present'; readonly instance: Instance }
  | Extract<Sight, { readonly kind: 'absent' }>

/** Walks from below the DataModel; no names at all lead to the DataModel itself. */
export function walk(game: DataModel, path: readonly string[]): Walk {
  let at: Instance = game
  for (const name of path) {
    const found = at.findFirstChild(name)
    if (found === null) {
      const deepest = at === game ? 'game' : at.getFullName()
      return { kind: 'absent', deepest, missing: name, children: namesOf(at) }
    }
    at = found
  }
  return { kind: 'present', instance: at }
}

/** What stands at a path now. */
export function lookAt(game: DataModel, path: readonly string[]): Sight {
  const found = walk(game, path)
  if (found.kind === 'absent') return found
  const { id, className, name, record } = found.instance
  return {
    kind: 'present',
    id,
    className,
    name,
    properties: toPortable({ ...record?.properties }, (instance) => instance.getFullName()),
    attributes: toPortable({ ...record?.attributes }),
    tags: [...(record?.tags ?? [])],
    children: namesOf(found.instance),
  }
}

/** What its class declares. */
export function schemaOf(instance: Instance): ClassSchema {
  return (instance.constructor as typeof Instance).schema
}

/** Without the server's own services, which every tree has and no replica fills. */
function namesOf(instance: Instance): readonly string[] {
  const children = instance.getChildren().filter((child) => schemaOf(child).audience !== 'nobody')
  return children.map(({ name }) => name)
}
