import { type Cause, describeCause } from '@banyan/server'

/** A cause in words whose times count from the start of the recording, as all times of a timeline do. */
export function causeWords(cause: Cause, startMs: number): string {
  return describeCause(since(cause, startMs))
}

/** To a tenth, as a timeline prints them. */
function since<Of extends Cause>(cause: Of, startMs: number): Of {
  const timeMs = Math.round((cause.timeMs - startMs) * 10) / 10
  if (!('origin' in cause) || cause.origin === null) return { ...cause, timeMs }
  return { ...cause, timeMs, origin: since(cause.origin, startMs) }
}
