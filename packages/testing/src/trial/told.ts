import { Buffer } from 'node:buffer'
import { isDeepStrictEqual } from 'node:util'
import type {
  Operation,
  PropertyEntry,
  PropertySchema,
  TreeDefinition,
  TreeSnapshot,
} from '@banyan/datamodel'
import { type DownMessage, decodeDown } from '@banyan/protocol'
import type { Trace } from '../trace/trace.ts'
import { createSight, type IsEnrolled, type Sight } from './sight.ts'

export interface ToldOptions {
  readonly definition: TreeDefinition
  /** The state after a patch; null when it is not known. */
  readonly snapshotAt: (seq: number) => TreeSnapshot | null
  readonly isEnrolled: IsEnrolled
}

/**
 * Reads every frame that was sent to players, whether it arrived or not: null, or the first that names what its
 * player may not see. That is an id, an owner's or the server's value, or a reference, at the patch that tells it; for
 * the end of something, just before it.
 */
export function secretTold(
  { entries }: Trace,
  { definition, snapshotAt, isEnrolled }: ToldOptions,
): string | null {
  const playerOfLine = new Map<number, number>()
  const sights = new Map<string, Sight | null>()

  function sightAt(seq: number, playerId: number): Sight | null {
    const key = `${seq} ${playerId}`
    const known = sights.get(key)
    if (known !== undefined) return known
    const snapshot = snapshotAt(seq)
    const made = snapshot === null ? null : createSight({ snapshot, playerId, isEnrolled })
    sights.set(key, made)
    return made
  }

  function schemaOf(operation: Operation, seq: number) {
    if (operation.kind === 'create') return definition.classes[operation.classNumber]?.schema
    const className = snapshotAt(seq)?.records.get(operation.id)?.className ?? ''
    return definition.classByName.get(className)?.schema
  }

  function secretIn(operation: Operation, seq: number, playerId: number): string | null {
    const { id, kind } = operation
    const sight = sightAt(kind === 'remove' ? seq - 1 : seq, playerId)
    if (sight === null) return null
    const why = sight.ids.has(id) ? null : (sight.hiddenBy(id) ?? 'no tree')
    if (why !== null) return `${kind} of ${id}, which lies in ${why}`
    if (kind === 'create' || kind === 'set') {
      const properties = schemaOf(operation, seq)?.properties ?? []
      const entry = operation.properties.find((told) => isSecret(told, { id, sight, properties }))
      if (entry !== undefined) return `${kind} of ${id} with its ${properties[entry[0]]?.name}`
    }
    if (kind !== 'edit') return null
    const property = schemaOf(operation, seq)?.properties[operation.property]
    return property !== undefined && isHidden(property, id, sight)
      ? `edit of ${id} in its ${property.name}`
      : null
  }

  function secretInMessage(message: DownMessage, line: number): string | null {
    if (message.kind === 'welcome') playerOfLine.set(line, message.playerId)
    const playerId = playerOfLine.get(line)
    if (playerId === undefined) return null
    const patches =
      message.kind === 'welcome'
        ? [{ seq: message.seq, operations: message.creates }]
        : message.kind === 'patches'
          ? message.patches
          : []
    for (const { seq, operations } of patches) {
      for (const operation of operations) {
        const secret = secretIn(operation, seq, playerId)
        if (secret !== null) return `${secret}, at patch ${seq}`
      }
    }
    return null
  }

  for (const entry of entries) {
    if (entry.kind !== 'frame' || entry.direction !== 'down') continue
    const decoded = decodeDown(definition, Buffer.from(entry.frame, 'base64'))
    const secret = decoded.ok ? secretInMessage(decoded.value, entry.line) : null
    if (secret !== null) return `"${entry.player}" was told of what they may not see: the ${secret}`
  }
  return null
}

interface Told {
  readonly id: number
  readonly sight: Sight
  readonly properties: readonly PropertySchema[]
}

function isSecret([index, value]: PropertyEntry, { id, sight, properties }: Told): boolean {
  const property = properties[index]
  if (property === undefined) return false
  // What somebody else's became is the default again.
  if (isHidden(property, id, sight)) {
    return property.type.visibleTo === 'server' || !isDeepStrictEqual(value, property.type.defaultValue)
  }
  return property.type.kind === 'reference' && value !== null && !sight.ids.has(value as number)
}

function isHidden({ type: { visibleTo } }: PropertySchema, id: number, sight: Sight): boolean {
  return visibleTo === 'server' || (visibleTo === 'owner' && !sight.isOwner(id))
}
