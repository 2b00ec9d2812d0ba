import {
  BoolValue,
  type Instance,
  IntValue,
  NumberValue,
  Player,
  type Players,
  StringValue,
} from '@banyan/datamodel'
import type { AnyRecord } from './record-store.ts'

/** What a statistic may show. */
export type LeaderstatValue = number | string | boolean

/** A player's line on the board. */
export interface LeaderstatsRow {
  readonly player: Player
  readonly name: string
  /** By column; a statistic that the player does not have is missing. */
  readonly values: Readonly<Record<string, LeaderstatValue>>
}

/** What the `leaderstats` children of all players say. */
export interface Leaderstats {
  /** The primary statistic first, then by `Priority`, then as they were added. */
  readonly columns: readonly string[]
  /** Highest first in the first column where that is a number; else in the order of joining. */
  readonly rows: readonly LeaderstatsRow[]
}

/** A record that was read, so that it is known when to read again. */
export type ReadRecord = readonly [instance: Instance, record: AnyRecord | null]

const valueClasses = [IntValue, NumberValue, StringValue, BoolValue]

/**
 * Reads the board (the leaderstats convention of the reference model's Players: value objects under a child of that
 * name; `IsPrimary` and `Priority` below one order the columns) and every record that it depends on.
 */
export function readLeaderstats(players: Players): {
  readonly board: Leaderstats
  readonly read: readonly ReadRecord[]
} {
  const read: ReadRecord[] = []
  const ranks = new Map<string, number>()
  const rows: LeaderstatsRow[] = []

  function childrenOf(instance: Instance): readonly Instance[] {
    read.push([instance, instance.record])
    return instance.record?.children ?? []
  }

  function readValue(instance: Instance): LeaderstatValue | null {
    if (instance.record === null || !valueClasses.some((made) => instance.isA(made))) return null
    const value: unknown = Reflect.get(instance.record.properties, 'value')
    return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null
  }

  function rankOf(statistic: Instance): number {
    let priority = 0
    let isPrimary = false
    for (const child of childrenOf(statistic)) {
      read.push([child, child.record])
      const value = readValue(child)
      if (child.name === 'IsPrimary' && value === true) isPrimary = true
      if (child.name === 'Priority' && typeof value === 'number') priority = value
    }
    return isPrimary ? Number.POSITIVE_INFINITY : priority
  }

  for (const player of childrenOf(players)) {
    if (!player.isA(Player) || player.record === null) continue
    // Without a prototype, whose words are names like any others.
    const values = Object.create(null) as Record<string, LeaderstatValue>
    for (const container of childrenOf(player)) {
      if (container.name !== 'leaderstats') continue
      for (const statistic of childrenOf(container)) {
        const rank = rankOf(statistic)
        const value = readValue(statistic)
        if (value === null) continue
        values[statistic.name] = value
        ranks.set(statistic.name, Math.max(rank, ranks.get(statistic.name) ?? rank))
      }
    }
    rows.push({ player, name: player.record.name, values })
  }
  // Sorting is stable: equals stay as they were added.
  const columns = [...ranks].sort(([, left], [, right]) => compare(right, left)).map(([name]) => name)
  const [first] = columns
  if (first !== undefined) rows.sort((left, right) => compare(numberIn(right, first), numberIn(left, first)))
  return { board: { columns, rows }, read }
}

/** Infinity minus itself is no number, hence no subtraction. */
function compare(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1
}

function numberIn({ values }: LeaderstatsRow, column: string): number {
  const value = values[column]
  return typeof value === 'number' ? value : Number.NEGATIVE_INFINITY
}
