import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Clock } from '@banyan/datamodel'

/** How long a line may take over its last words. */
const lingerMs = 2000

/**
 * The TCP lines under connections. A connection that ended leaves its line open until the other side has read and
 * answered, which a stalled or hostile one never does; so each line is cut some time after its connection's end.
 */
export interface LineEnds<Connection extends object> {
  follow(connection: Connection, line: Duplex): void
  /** To be called when a connection ends or is asked to; may be called twice. */
  ended(connection: Connection): void
  /** Ends what is open; resolves when no line is. */
  endAll(): Promise<void>
}

export function createLineEnds<Connection extends object>(clock: Clock): LineEnds<Connection> {
  const lines = new Map<Connection, Duplex>()

  function ended(connection: Connection): void {
    const line = lines.get(connection)
    if (line === undefined) return
    lines.delete(connection)
    // A line that broke ends its connection while it tells its own end, which nobody hears who listens only now.
    if (line.destroyed) return
    const cancel = clock.after(lingerMs, () => line.destroy())
    line.once('close', cancel)
  }

  return {
    follow(connection, line) {
      if (line.destroyed) return
      lines.set(connection, line)
      // Not `once`, whose wrapper is larger than the listener.
      line.on('close', () => lines.delete(connection))
    },
    ended,
    async endAll() {
      const closing = [...lines].map(([connection, line]) => {
        const closed = once(line, 'close')
        ended(connection)
        return closed
      })
      await Promise.allSettled(closing)
    },
  }
}
