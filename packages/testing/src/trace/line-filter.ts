import type { DownMessage } from '@banyan/protocol'

/**
 * Which frames a player's client listens to, as far as the server's end can tell: those of the newest line that was
 * let in or refused. What still arrives on an older line comes to a client that has given it up.
 */
export interface LineFilter {
  /** Whether the client takes this message; takes it into account. */
  takes(line: number, kind: DownMessage['kind']): boolean
  /** The line that the client is on; null before the first. */
  readonly line: number | null
}

export function createLineFilter(): LineFilter {
  let current: number | null = null
  let hasTree = false
  return {
    takes(line, kind) {
      if (kind === 'snapshot') hasTree = true
      // A welcome alone goes on from a tree that was there before.
      const begins = kind === 'snapshot' || kind === 'close' || (kind === 'welcome' && hasTree)
      if (begins && (current === null || line > current)) current = line
      return line === current
    },
    get line() {
      return current
    },
  }
}
