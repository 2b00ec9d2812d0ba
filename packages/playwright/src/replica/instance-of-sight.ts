import type { Sight } from '../door/door.ts'
import { fromPortable } from '../door/portable.ts'
import type { ReadInstance } from '../player/read-instance.ts'

/** What a page saw, as the test reads it. */
export function instanceOfSight(sight: Extract<Sight, { kind: 'present' }>): ReadInstance {
  const { id, className, name, tags, children } = sight
  return {
    id,
    className,
    name,
    properties: fromPortable(sight.properties) as ReadInstance['properties'],
    attributes: fromPortable(sight.attributes) as ReadInstance['attributes'],
    tags,
    children,
  }
}

/** Why a path leads nowhere, and what there is instead. */
export function absenceText({ deepest, missing, children }: Extract<Sight, { kind: 'absent' }>): string {
  const has = children.length === 0 ? 'It has no children' : `It has: ${children.join(', ')}`
  return `"${deepest}" has no child "${missing}". ${has}.`
}
