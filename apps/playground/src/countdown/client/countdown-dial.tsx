import { useFrame } from 'banyan/react'
import { type ReactNode, useRef } from 'react'
import './countdown-dial.css'

export interface CountdownDialProps {
  readonly endsAt: number
  readonly durationMs: number
  /** The number or word in the middle, which screen readers hear as it changes. */
  readonly children: ReactNode
}

/** A ring that empties at frame rate, without a React render. */
export function CountdownDial({ endsAt, durationMs, children }: CountdownDialProps) {
  const ring = useRef<SVGCircleElement>(null)
  useFrame((_, serverTimeMs) => {
    const part = endsAt === 0 ? 1 : Math.min(1, Math.max(0, (endsAt - serverTimeMs) / durationMs))
    // A full or an empty ring is no dash at all, so that it shows no seam.
    ring.current?.setAttribute('stroke-dasharray', part === 1 ? 'none' : `${part} 1`)
    ring.current?.setAttribute('visibility', part === 0 ? 'hidden' : 'visible')
  })
  return (
    <div className="countdown-dial">
      <svg viewBox="0 0 200 200" aria-hidden="true" focusable="false">
        <circle className="countdown-dial__rail" cx="100" cy="100" r="94" />
        <circle ref={ring} className="countdown-dial__ring" cx="100" cy="100" r="94" pathLength="1" />
      </svg>
      <p className="countdown-dial__number tabular" role="timer" aria-live="assertive" aria-atomic="true">
        {children}
      </p>
    </div>
  )
}
