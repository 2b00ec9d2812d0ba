import type { Player } from 'banyan'
import { useInstance, useLocalPlayer } from 'banyan/react'
import './player-list.css'

export interface PlayerListProps {
  readonly players: readonly Player[]
}

/** Who is here, oneself marked, those with a lost connection dimmed. */
export function PlayerList({ players }: PlayerListProps) {
  const localPlayer = useLocalPlayer()
  return (
    <ul className="player-list" aria-label="Players here">
      {players.map((player) => (
        <PlayerItem key={player.id} player={player} isSelf={player === localPlayer} />
      ))}
    </ul>
  )
}

function PlayerItem({ player, isSelf }: { readonly player: Player; readonly isSelf: boolean }) {
  const record = useInstance(player)
  if (record === null) return null
  const { connected } = record.properties
  return (
    <li className="player-list__item" data-connected={connected}>
      {record.name}
      {isSelf && <span> (you)</span>}
      {!connected && <span> (away)</span>}
    </li>
  )
}
