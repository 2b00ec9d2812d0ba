import { Buffer } from 'node:buffer'
import type { RecordedEntry } from './recorder.ts'

/** One line for each message, opening, closing and change of conditions; causes and logs are no messages. */
export function messageLogOf(entries: readonly RecordedEntry[], missing: number): string {
  const lines = missing === 0 ? [] : [`${missing} entries are missing here`]
  for (const entry of entries) {
    const line = lineOf(entry)
    if (line !== null) lines.push(line)
  }
  return lines.join('\n')
}

function lineOf(entry: RecordedEntry): string | null {
  switch (entry.kind) {
    case 'open':
      return `${entry.timeMs} open ${entry.line} ${nameOf(entry)}`
    case 'frame': {
      const { timeMs, sentMs, line, direction, fate, frame } = entry
      return `${timeMs} ${direction} ${line} ${nameOf(entry)} ${fate} ${sentMs} ${Buffer.from(frame).toString('base64')}`
    }
    case 'close':
      return `${entry.timeMs} close ${entry.line} ${nameOf(entry)} ${JSON.stringify(entry.cause)}`
    case 'conditions':
      return `${entry.timeMs} conditions ${nameOf(entry)} ${JSON.stringify(entry.conditions)}`
    case 'partition':
    case 'heal':
    case 'cut':
    case 'block':
    case 'clear':
      return `${entry.timeMs} ${entry.kind} ${nameOf(entry)}`
    case 'commit':
    case 'logged':
      return null
  }
}

/** Quoted, since a name may hold spaces; a hyphen for nobody's. */
function nameOf({ player }: { readonly player: string | null }): string {
  return player === null ? '-' : JSON.stringify(player)
}
