import { useMemo, useSyncExternalStore } from 'react'
import type { Leaderstats } from '../stores/leaderstats.ts'
import { createLeaderstatsStore } from '../stores/leaderstats-store.ts'
import { useService } from './use-service.ts'

/** The board that all players' `leaderstats` make; renders when something on it changes, and not for anything else of the players. */
export function useLeaderstats(): Leaderstats {
  const players = useService('Players')
  const store = useMemo(() => createLeaderstatsStore(players), [players])
  return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot)
}
