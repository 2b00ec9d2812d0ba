import type { Player } from '@banyan/datamodel'
import { useCallback, useSyncExternalStore } from 'react'
import { useScope } from '../provider/banyan-context.ts'
import { suspendUntilJoined } from '../provider/suspension.ts'

/** The player of this client; suspends until it has joined. A new session has another one; after the end the last one stays, destroyed. */
export function useLocalPlayer(): Player {
  const scope = useScope()
  const { client } = scope
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = [client.onState(changed), client.game.observeStructure(changed)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    [client],
  )
  const player = useSyncExternalStore(subscribe, () => client.localPlayer, getNull)
  suspendUntilJoined(scope)
  return player ?? expectPlayer(client.localPlayer)
}

function getNull(): null {
  return null
}

function expectPlayer(player: Player | null): Player {
  if (player === null)
    throw new Error('cannot read the local player: the client has not joined. Wait for client.ready.')
  return player
}
