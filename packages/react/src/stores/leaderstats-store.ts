import type { Instance, Players } from '@banyan/datamodel'
import { type Leaderstats, type LeaderstatsRow, type ReadRecord, readLeaderstats } from './leaderstats.ts'
import type { Source } from './selection.ts'

/** The board as an external store; rows and columns that say the same stay the same objects. */
export function createLeaderstatsStore(players: Players): Source<Leaderstats> {
  let read: readonly ReadRecord[] = []
  let board: Leaderstats = { columns: [], rows: [] }

  function refresh(): void {
    if (read.length > 0 && read.every(([instance, record]) => instance.record === record)) return
    const fresh = readLeaderstats(players)
    read = fresh.read
    board = keepSame(board, fresh.board)
  }

  return {
    snapshot() {
      refresh()
      return board
    },
    subscribe(listener) {
      let stops = new Map<Instance, () => void>()
      // What was read when the stops were made: whoever asks for a snapshot may refresh in between.
      let observed = read
      function observe(): void {
        refresh()
        observed = read
        const next = new Map<Instance, () => void>()
        for (const [instance] of read) {
          if (!next.has(instance)) next.set(instance, stops.get(instance) ?? instance.observe(onChange))
        }
        for (const [instance, stop] of stops) if (!next.has(instance)) stop()
        stops = next
      }
      function onChange(): void {
        refresh()
        if (read !== observed) observe()
        listener()
      }
      observe()
      return () => {
        for (const stop of stops.values()) stop()
      }
    },
  }
}

function keepSame(old: Leaderstats, fresh: Leaderstats): Leaderstats {
  const columns = isSameList(old.columns, fresh.columns) ? old.columns : fresh.columns
  const oldRows = new Map(old.rows.map((row) => [row.player, row]))
  const rows = fresh.rows.map((row) => {
    const known = oldRows.get(row.player)
    return known !== undefined && isSameRow(known, row) ? known : row
  })
  if (columns === old.columns && isSameList(old.rows, rows)) return old
  return { columns, rows: isSameList(old.rows, rows) ? old.rows : rows }
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index])
}

function isSameRow(left: LeaderstatsRow, right: LeaderstatsRow): boolean {
  return (
    left.name === right.name &&
    isSameList(Object.entries(left.values).flat(), Object.entries(right.values).flat())
  )
}
