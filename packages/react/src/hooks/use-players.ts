import { Player } from '@banyan/datamodel'
import { useChildren } from './use-children.ts'
import { useService } from './use-service.ts'

/** All players' handles in the order of their joining, those included whose connection is lost for the moment. */
export function usePlayers(): readonly Player[] {
  return useChildren(useService('Players'), Player)
}
