import type { Trace, TraceEntry } from '../trace.ts'
import type { MessageWords } from './message-words.ts'

/** The rows of a timeline, an entry each, with its details under it. */
export interface TimelineRows {
  add(entry: TraceEntry, words: MessageWords): void
  /** The rows that were asked for, and in words how many were not. */
  lines(part: { readonly fromMs?: number; readonly limit?: number }): readonly string[]
}

interface Row {
  readonly ms: number
  readonly lines: readonly string[]
}

const arrows = { up: '↑', down: '↓' } as const
const fates = { arrived: '', lost: '✗ lost: ', cut: '✗ cut: ' } as const

/** Columns: milliseconds since the start, direction, player, words. */
export function createTimelineRows({ players, startMs }: Pick<Trace, 'players' | 'startMs'>): TimelineRows {
  const rows: Row[] = []
  const nameWidth = Math.max(8, ...players.map((name) => name.length))

  function add(entry: TraceEntry, { details, title }: MessageWords): void {
    const ms = entry.timeMs - startMs
    const arrow = entry.kind === 'frame' ? arrows[entry.direction] : '·'
    const margin = `${timeWords(ms).padStart(10)} ms ${arrow} ${printable(nameOf(entry)).padEnd(nameWidth)}  `
    const indent = ' '.repeat(margin.length + 2)
    const lines = [`${margin}${title}`, ...details.map((detail) => `${indent}${detail}`)]
    if (entry.kind === 'frame') {
      lines[0] = `${margin}${fates[entry.fate]}${title}${delayWords(entry.timeMs - entry.sentMs)}`
    }
    rows.push({ ms, lines: lines.map(printable) })
  }

  return {
    add,
    lines({ fromMs, limit = Infinity }) {
      const late = rows.filter(({ ms }) => ms >= (fromMs ?? -Infinity) - halfStepMs)
      if (late.length <= limit) return late.flatMap(({ lines }) => lines)
      const rest = `… ${late.length - limit} more entries`
      if (fromMs !== undefined) return [...late.slice(0, limit).flatMap(({ lines }) => lines), rest]
      return [rest, ...late.slice(late.length - limit).flatMap(({ lines }) => lines)]
    },
  }
}

/** Printed times are rounded, and what was printed is to be found again. */
const halfStepMs = 0.05

/** Milliseconds with one decimal. */
export function timeWords(ms: number): string {
  return ms.toFixed(1)
}

/** Names come from clients: one with line breaks would write rows of its own. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1))
}

function nameOf(entry: TraceEntry): string {
  if (!('player' in entry)) return ''
  return entry.player ?? ('line' in entry ? 'somebody' : 'everyone')
}

function delayWords(ms: number): string {
  return ms < halfStepMs ? '' : `  (${timeWords(ms)} ms under way)`
}
