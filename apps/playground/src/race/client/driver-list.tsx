import type { Player } from 'banyan'
import { useInstance, useLocalPlayer } from 'banyan/react'
import type { Racer } from '../definition.ts'
import { carColor } from './palette.ts'
import './driver-list.css'

export interface DriverListProps {
  readonly players: readonly Player[]
  /** The cars of those who are ready. */
  readonly ready: readonly Racer[]
}

/** Everyone in the place and whether they are ready. */
export function DriverList({ players, ready }: DriverListProps) {
  return (
    <ul className="driver-list" aria-label="Drivers">
      {players.map((player) => (
        <DriverItem
          key={player.id}
          player={player}
          racer={ready.find((racer) => racer.userId === player.userId) ?? null}
        />
      ))}
    </ul>
  )
}

function DriverItem({ player, racer }: { readonly player: Player; readonly racer: Racer | null }) {
  const record = useInstance(player)
  const isSelf = useLocalPlayer() === player
  if (record === null) return null
  const state = !record.properties.connected ? 'Away' : racer === null ? 'Not ready' : 'Ready'
  return (
    <li className="driver-list__item" data-ready={racer !== null}>
      <span className="car-dot" style={racer === null ? undefined : { background: carColor(racer.color) }} />
      <span className="driver-list__name">
        {record.name}
        {isSelf && <small> (you)</small>}
      </span>
      <span className="driver-list__state">{state}</span>
    </li>
  )
}
