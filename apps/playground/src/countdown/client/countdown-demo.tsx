import { useCountdown, useInstance, usePlayers, useRemoteEvent } from 'banyan/react'
import { Countdown, choices, remotes } from '../definition.ts'
import { CountdownDial } from './countdown-dial.tsx'
import { PlayerList } from './player-list.tsx'
import './countdown-demo.css'

/** Everyone in the place sees the same number at the same moment: it follows from replicated state and server time. */
export function CountdownDemo() {
  const countdown = useInstance('ReplicatedStorage.Countdown', Countdown)
  const { endsAt, seconds, startedBy } = countdown.properties
  const { seconds: left, isOver } = useCountdown(endsAt)
  const startCountdown = useRemoteEvent(remotes.startCountdown)
  const isIdle = endsAt === 0

  return (
    <section
      className="countdown card"
      aria-label="Countdown"
      data-phase={isIdle ? 'ready' : isOver ? 'go' : 'counting'}
    >
      <CountdownDial endsAt={endsAt} durationMs={seconds * 1000}>
        {isIdle ? <small>Ready</small> : isOver ? 'Go' : left}
      </CountdownDial>
      <p className="countdown__by">
        {isIdle ? 'Start it, for everyone.' : `${startedBy} started ${seconds} seconds.`}
      </p>
      <div className="countdown__choices">
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            className="button tabular"
            disabled={!isIdle}
            onClick={() => startCountdown({ seconds: choice })}
          >
            {choice} s
          </button>
        ))}
      </div>
      <PlayerList players={usePlayers()} />
    </section>
  )
}
