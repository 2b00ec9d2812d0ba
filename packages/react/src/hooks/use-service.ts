import type { ServiceMap, ServiceName } from '@banyan/datamodel'
import { useScope } from '../provider/banyan-context.ts'
import { suspendUntilJoined } from '../provider/suspension.ts'

/** A service's handle; suspends until the client has joined, and keeps working through reconnections. */
export function useService<Name extends ServiceName>(name: Name): ServiceMap[Name] {
  const scope = useScope()
  suspendUntilJoined(scope)
  return scope.client.game.getService(name)
}
