import { useChildren, usePlayers, useRemoteEvent } from 'banyan/react'
import { type Race, type Racer, Result, remotes } from '../definition.ts'
import { maxRacers } from '../rules.ts'
import { DriverList } from './driver-list.tsx'
import { ResultTable } from './result-table.tsx'
import './lobby-panel.css'

export interface LobbyPanelProps {
  readonly phase: Race['phase']
  readonly racers: readonly Racer[]
  readonly self: Racer | null
}

/** Between races: how the last one ended, who is here, and the one button that matters. */
export function LobbyPanel({ phase, racers, self }: LobbyPanelProps) {
  const players = usePlayers()
  const results = useChildren('ReplicatedStorage.Results', Result)
  // After a race its cars still stand on the track; they are ready for nothing.
  const ready = phase === 'lobby' ? racers : []
  const isReady = phase === 'lobby' && self !== null
  const title = results.length > 0 ? 'Results' : 'Lobby'
  return (
    <div className="lobby-panel">
      <div className="lobby-panel__card card">
        <h2>{title}</h2>
        {results.length > 0 && <ResultTable results={results} />}
        {(results.length === 0 || ready.length > 0) && <DriverList players={players} ready={ready} />}
        <ReadyButtons
          isReady={isReady}
          readyCount={ready.length}
          playerCount={players.length}
          hasResults={results.length > 0}
        />
      </div>
    </div>
  )
}

interface ReadyButtonsProps {
  readonly isReady: boolean
  readonly readyCount: number
  readonly playerCount: number
  readonly hasResults: boolean
}

function ReadyButtons({ isReady, readyCount, playerCount, hasResults }: ReadyButtonsProps) {
  const setReady = useRemoteEvent(remotes.setReady)
  const startNow = useRemoteEvent(remotes.startNow)
  if (!isReady && readyCount >= maxRacers) {
    return <p className="lobby-panel__note">The grid is full. You watch this one and may drive the next.</p>
  }
  if (!isReady) {
    const label = hasResults ? 'Race again' : playerCount === 1 ? 'Start the race' : 'I am ready'
    return (
      <button type="button" className="button button--primary" onClick={() => setReady({ isReady: true })}>
        {label}
      </button>
    )
  }
  return (
    <>
      <p className="lobby-panel__note">The race starts when everyone is ready.</p>
      <div className="lobby-panel__buttons">
        <button type="button" className="button button--primary" onClick={() => startNow({})}>
          Start without the others
        </button>
        <button type="button" className="button" onClick={() => setReady({ isReady: false })}>
          Not ready
        </button>
      </div>
    </>
  )
}
