import type { Cause } from './cause.ts'

/** A cause in a few words, for people: `remote "buy" by ana at 1200 ms`, `task "delay" from script 0`. Null is unknown. */
export function describeCause(cause: Cause | null): string {
  if (cause === null) return 'unknown'
  switch (cause.kind) {
    case 'remote':
      return `remote "${cause.remote}" by ${cause.player} at ${cause.timeMs} ms`
    case 'script':
      return `script ${cause.script}`
    case 'join':
    case 'disconnect':
    case 'reconnect':
      return `${cause.kind} of ${cause.player} at ${cause.timeMs} ms`
    case 'place':
      return 'the place itself'
    case 'task':
      return `task "${cause.source}" from ${describeCause(cause.origin)}`
    case 'heartbeat':
      return `heartbeat at ${cause.timeMs} ms, handler from ${describeCause(cause.origin)}`
    case 'leave':
      return `leave of ${cause.player} (${cause.reason}) at ${cause.timeMs} ms${
        cause.origin === null ? '' : `, from ${describeCause(cause.origin)}`
      }`
  }
}
