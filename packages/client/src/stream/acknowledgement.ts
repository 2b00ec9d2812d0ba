import type { Clock } from '@banyan/datamodel'

/** At once, within three seconds, or with the next ping: the server holds deliveries until it knows of them, and patches not at all. */
export type AckTime = 'now' | 'soon' | 'ping'

/** What the server is to hear of what arrived, in a frame of its own only where nothing else takes it along. */
export interface Acknowledgement {
  owe(when: AckTime): void
  /** A ping goes up, for which the server is awake anyway. */
  beat(): void
  /** Calls took it along, or there is no channel. */
  settle(): void
}

const soonMs = 3000

/** Owes nothing yet. */
export function createAcknowledgement({
  clock,
  send,
}: {
  readonly clock: Clock
  readonly send: () => void
}): Acknowledgement {
  let isOwed = false
  let cancel: (() => void) | null = null

  function settle(): void {
    isOwed = false
    cancel?.()
    cancel = null
  }

  function sendNow(): void {
    settle()
    send()
  }

  return {
    owe(when) {
      isOwed = true
      if (when === 'now') sendNow()
      else if (when === 'soon') cancel ??= clock.after(soonMs, sendNow)
    },
    beat() {
      if (isOwed) sendNow()
    },
    settle,
  }
}
