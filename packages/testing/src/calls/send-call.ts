import type { Contract, GameDefinition } from '@banyan/protocol'
import type { TestPlayer } from '../place/test-player.ts'
import { TestingError } from '../testing-error.ts'

/** One call as plain data: the remote's name and what its sender passes. */
export interface RemoteCall {
  readonly remote: string
  readonly payload: unknown
}

/** What became of a call as far as its sender is told; an event is answered with null once it is on its way. */
export type CallOutcome =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly error: unknown }

/**
 * Sends a call of plain data as a player, whatever its payload. Resolves also where it is refused, by the client itself
 * or by the server; a request needs time to pass meanwhile. Throws 'invalidOption' for a remote that clients do not call.
 */
export async function sendCall(
  player: Pick<TestPlayer, 'remote'>,
  definition: GameDefinition,
  { remote, payload }: RemoteCall,
): Promise<CallOutcome> {
  const contract: Contract | undefined = definition.remotes[remote]
  if (contract === undefined || contract.direction === 'toClient') {
    throw new TestingError(
      'invalidOption',
      `cannot send a call of "${remote}": ${contract === undefined ? 'the definition has no such remote' : 'it goes from the server to clients'}. Choose one that clients call.`,
    )
  }
  try {
    if (contract.direction === 'request') {
      return { ok: true, answer: await player.remote(contract).invokeServer(payload) }
    }
    player.remote(contract).fireServer(payload)
    return { ok: true, answer: null }
  } catch (error) {
    return { ok: false, error }
  }
}
