import { useCountdown } from 'banyan/react'
import type { Race } from '../definition.ts'
import './start-signal.css'

const goMs = 1_000

export interface StartSignalProps {
  readonly phase: Race['phase']
  readonly startsAt: number
}

/** 3, 2, 1, Go: for all at the same moment of server time. */
export function StartSignal({ phase, startsAt }: StartSignalProps) {
  const { seconds, isOver } = useCountdown(startsAt)
  const { isOver: isLongOver } = useCountdown(startsAt + goMs)
  const isShown = (phase === 'countdown' || phase === 'racing') && !isLongOver
  return (
    <p className="start-signal tabular" role="status" aria-live="assertive" data-go={isOver}>
      {isShown && <span key={isOver ? 0 : seconds}>{isOver ? 'Go' : seconds}</span>}
    </p>
  )
}
