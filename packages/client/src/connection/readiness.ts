import type { CloseCode } from '@banyan/protocol'
import { RemoteError, sentence } from '../remote-error.ts'
import type { ConnectionState } from './connection-state.ts'

/** The promise of the first join. */
export interface Readiness {
  readonly promise: Promise<void>
  /** Follows the connection: settles at the first join or at a refusal, and anew with the next connect. */
  follow(state: ConnectionState): void
}

/** What to do where connecting again would get the same answer. */
const wayOut: Readonly<Partial<Record<CloseCode, string>>> = {
  noSuchPlace: 'Ask for a place that the host has.',
  placeFull: 'Try again later, or join another place.',
  definitionMismatch: 'Build both sides with one definition.',
  versionMismatch: 'Build both sides with one version of Banyan.',
  unauthorized: 'Pass credentials that the host accepts.',
}

/** `place` is what a rejection names. */
export function createReadiness(place: string): Readiness {
  let settle = { resolve: (): void => {}, reject: (_error: Error): void => {} }
  let isSettled = false
  let isRefused = false
  let promise = renew()

  function renew(): Promise<void> {
    isSettled = false
    isRefused = false
    const made = new Promise<void>((resolve, reject) => {
      settle = { resolve, reject }
    })
    // Whoever waits hears of a rejection; that nobody waits is no fault.
    made.catch(() => {})
    return made
  }

  return {
    get promise() {
      return promise
    },
    follow(state) {
      if (state.kind === 'joined') {
        // The server has come to fit this page.
        if (isRefused) promise = renew()
        isSettled = true
        settle.resolve()
      } else if ((state.kind === 'closed' || state.kind === 'outdated') && !isSettled) {
        isSettled = true
        isRefused = true
        settle.reject(
          new RemoteError(
            'disconnected',
            `cannot join "${place}" (${state.code}): ${sentence(state.reason)} ${wayOut[state.code] ?? 'Connect again.'}`,
          ),
        )
      } else if (state.kind === 'connecting' && isSettled) promise = renew()
    },
  }
}
