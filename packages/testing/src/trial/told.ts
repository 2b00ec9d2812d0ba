import { Buffer } from 'node:buffer'
import { isDeepStrictEqual } from 'node:util'
import type {
  Operation,
  PropertyEntry,
  PropertySchema,
  TreeDefinition,
  TreeSnapshot,
} from '@banyan/datamodel'
import { type DownMessage, decodeDown, decodeNews, type PatchStamp } from '@banyan/protocol'
import type { Trace } from '../trace/trace.ts'
import { createSight, type IsEnrolled, type Sight } from './sight.ts'

/** What a player was told on one line. */
interface Line {
  playerId: number | null
  /** The last patch. */
  seq: number
  /** Of a snapshot that is not told to its end. */
  parts: Operation[]
  shown: PatchStamp | null
}

interface Span {
  readonly from: number
  readonly to: number
  readonly playerId: number
}

export interface ToldOptions {
  readonly definition: TreeDefinition
  /** The state after a patch; null when it is not known. */
  readonly snapshotAt: (seq: number) => TreeSnapshot | null
  readonly isEnrolled: IsEnrolled
  /** Hears of what patches tell, sent for the first time or again. */
  readonly onOperation?: (operation: Operation) => void
}

/**
 * Reads every frame that was sent to players, whether it arrived or not: null, or the first that names what its
 * player may not see. That is an id, an owner's or the server's value, or a reference, at the patch that tells it, or
 * one of those that it stands for; for the end of something, just before it.
 */
export function secretTold(
  { entries }: Trace,
  { definition, snapshotAt, isEnrolled, onOperation = () => {} }: ToldOptions,
): string | null {
  const lines = new Map<number, Line>()
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
    if (operation.kind === 'create' || operation.kind === 'shift')
      return definition.classes[operation.classNumber]?.schema
    const className = snapshotAt(seq)?.records.get(operation.id)?.className ?? ''
    return definition.classByName.get(className)?.schema
  }

  /** A patch may stand for all since the last one that was told: then its player may have seen it at any of them. */
  function secretSince(operation: Operation, { from, to, playerId }: Span): string | null {
    const secret = secretIn(operation, to, playerId)
    for (let seq = to - 1; seq >= from; seq -= 1) {
      if (secret === null || secretIn(operation, seq, playerId) === null) return null
    }
    return secret
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
    if (kind === 'shift') {
      const properties = schemaOf(operation, seq)?.properties ?? []
      for (const [index] of operation.properties) {
        const property = properties[index]
        if (property !== undefined && isHidden(property, id, sight))
          return `shift of ${id} in its ${property.name}`
      }
    }
    if (kind !== 'edit') return null
    const property = schemaOf(operation, seq)?.properties[operation.property]
    return property !== undefined && isHidden(property, id, sight)
      ? `edit of ${id} in its ${property.name}`
      : null
  }

  /** Brings a line up to date with a message; the first thing in it that is not for its player. */
  function secretInMessage(message: DownMessage, line: Line): string | null {
    if (message.kind === 'snapshot') {
      line.parts.push(...message.operations)
      line.shown = message.end ?? line.shown
      return null
    }
    if (message.kind !== 'welcome' && message.kind !== 'patches') return null
    if (message.kind === 'welcome') {
      line.playerId = message.playerId
      line.seq = message.seq
    }
    const { playerId, parts, shown } = line
    if (playerId === null) return null
    const told = shown === null ? message.patches : [{ ...shown, operations: parts }, ...message.patches]
    line.parts = []
    line.shown = null
    for (const { seq, operations } of told) {
      const from = operations === parts ? seq : Math.min(line.seq + 1, seq)
      for (const operation of operations) {
        onOperation(operation)
        const secret = secretSince(operation, { from, to: seq, playerId })
        if (secret !== null) return `${secret}, at patch ${seq}`
      }
      line.seq = seq
    }
    for (const operation of toldAgain(message)) {
      const secret = secretIn(operation, line.seq, playerId)
      if (secret !== null) return `${secret}, by the sentinel at patch ${line.seq}`
    }
    return null
  }

  /** What the sentinel sends again. */
  function toldAgain(message: DownMessage): readonly Operation[] {
    if (message.kind !== 'patches' || message.news === undefined) return []
    const news = decodeNews(definition, message.news)
    return news.ok && news.value.kind === 'below' ? news.value.creates : []
  }

  for (const entry of entries) {
    if (entry.kind !== 'frame' || entry.direction !== 'down') continue
    const decoded = decodeDown(definition, Buffer.from(entry.frame, 'base64'))
    const line = lines.get(entry.line) ?? { playerId: null, seq: 0, parts: [], shown: null }
    lines.set(entry.line, line)
    const secret = decoded.ok ? secretInMessage(decoded.value, line) : null
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
