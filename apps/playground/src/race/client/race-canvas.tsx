import { useClient, useFrame } from 'banyan/react'
import { useEffect, useRef } from 'react'
import type { Racer } from '../definition.ts'
import { createRaceView, type RaceView } from './race-view.ts'

export interface RaceCanvasProps {
  readonly racers: readonly Racer[]
  readonly self: Racer | null
}

/** The track at frame rate. React renders it when someone enters or leaves, never when someone moves. */
export function RaceCanvas({ racers, self }: RaceCanvasProps) {
  const client = useClient()
  const canvas = useRef<HTMLCanvasElement>(null)
  const view = useRef<RaceView | null>(null)

  useEffect(() => {
    if (canvas.current === null) return
    const opened = createRaceView(canvas.current, () => client.patchTimeMs)
    view.current = opened
    return () => {
      opened.close()
      view.current = null
    }
  }, [client])

  useEffect(() => view.current?.setRacers(racers, self), [racers, self])
  useFrame((_, serverTimeMs) => view.current?.paint(serverTimeMs))

  return (
    <canvas
      ref={canvas}
      className="race__canvas"
      role="img"
      aria-label="The track from above. The leaderboard tells the same in words."
    />
  )
}
