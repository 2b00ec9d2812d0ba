import type { PointerEvent, ReactNode } from 'react'
import type { Grip } from './steering.ts'
import type { Driving } from './use-driving.ts'
import './steering-pads.css'

export interface SteeringPadsProps {
  readonly driving: Driving
}

/** Three pads for thumbs; shown where the main pointer is a finger. Keys do the same, so they stay out of the tab order. */
export function SteeringPads({ driving }: SteeringPadsProps) {
  return (
    <div className="steering-pads">
      <Pad grip="left" driving={driving}>
        <Arrow path="M15 5 8 12l7 7" />
      </Pad>
      <Pad grip="brake" driving={driving}>
        Brake
      </Pad>
      <Pad grip="right" driving={driving}>
        <Arrow path="m9 5 7 7-7 7" />
      </Pad>
    </div>
  )
}

const labels: Readonly<Record<Grip, string>> = { left: 'Steer left', right: 'Steer right', brake: 'Brake' }

function Pad({
  grip,
  driving,
  children,
}: {
  readonly grip: Grip
  readonly driving: Driving
  readonly children: ReactNode
}) {
  function press(event: PointerEvent<HTMLButtonElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    driving.hold(grip)
  }
  const release = () => driving.release(grip)
  return (
    <button
      type="button"
      tabIndex={-1}
      className="steering-pads__pad"
      data-grip={grip}
      aria-label={labels[grip]}
      onPointerDown={press}
      onPointerUp={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </button>
  )
}

function Arrow({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}
