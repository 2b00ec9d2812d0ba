import { type AnyInstanceClass, attributeNameProblem, type DataModel, type Player } from '@banyan/datamodel'
import type { FoundDifference } from '@banyan/protocol'
import type { RecentPatch } from './recent-patches.ts'

/** A replica that was not what it should be: a fault of replication, or of a client. */
export interface DesyncReport {
  readonly player: Player
  /** The place's patch at which the client said so. */
  readonly seq: number
  /** How it was mended: `none` where patches had done so already, `givenUp` where nothing helped. */
  readonly remedy: 'none' | 'subtree' | 'snapshot' | 'givenUp'
  /** The smallest part of the tree that holds the difference; null where that is not known. */
  readonly path: string | null
  /** As the client says: what of which instance it held otherwise, such as `Workspace.Car: speed`. Sixteen at most. */
  readonly differences: readonly string[]
  /** The last patches before, as this player got them; those that told of the differing instances where there are any. */
  readonly patches: readonly RecentPatch[]
}

/** Fields of an instance that are no properties. */
const ownFields: readonly string[] = ['#name', '#parent', '#order', '#tags', '#missing', '#extra']

/** What a client says in words of the server's own: a field that there is not is left out. */
export function differenceWords(game: DataModel, differences: readonly FoundDifference[]): readonly string[] {
  return differences.flatMap(({ id, field }) => {
    const instance = game.getInstanceById(id)
    const schema = (instance?.constructor as AnyInstanceClass | undefined)?.schema
    const isAttribute = field.startsWith('@') && attributeNameProblem(field.slice(1)) === null
    const isKnown = isAttribute || ownFields.includes(field) || schema?.propertyByName.has(field) === true
    return isKnown ? [`${pathOf(game, id)}: ${field}`] : []
  })
}

/** Instances that are gone have a number only. */
export function pathOf(game: DataModel, id: number): string {
  return game.getInstanceById(id)?.getFullName() ?? `instance ${id}`
}

/** A report in one line. */
export function reportLine({ player, seq, remedy, path, differences, patches }: DesyncReport): string {
  const where = path === null ? '' : ` below ${path}`
  const what = differences.length === 0 ? '' : ` (${differences.join(', ')})`
  const told = patches.map(({ seq: number, operations }) => {
    const words = operations.map(({ kind, id }) => `${kind} ${id}`).join(', ')
    return `${number}: ${words}`
  })
  const after = told.length === 0 ? '' : ` Last patches: ${told.join('; ')}.`
  return `the replica of "${player.name}" (${player.userId}) was not in sync at patch ${seq}${where}${what}: ${remedyWords[remedy]}.${after}`
}

const remedyWords = Object.freeze({
  none: 'later patches mended it',
  subtree: 'that part was sent again',
  snapshot: 'everything was sent again',
  givenUp: 'it could not be mended',
}) satisfies Readonly<Record<DesyncReport['remedy'], string>>
