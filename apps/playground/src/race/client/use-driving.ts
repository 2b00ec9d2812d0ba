import { useRemoteEvent } from 'banyan/react'
import { useEffect, useRef } from 'react'
import { remotes } from '../definition.ts'
import { type Grip, gripOf, steeringOf } from './steering.ts'

/** The driver's hands: what the pads call, while keys are listened to. */
export interface Driving {
  readonly hold: (grip: Grip) => void
  readonly release: (grip: Grip) => void
  readonly drink: () => void
}

/** Sends steering whenever what is held changes; while `isDriving` is false, nothing is listened to or sent. */
export function useDriving(isDriving: boolean): Driving {
  const steer = useRemoteEvent(remotes.steer)
  const drinkPotion = useRemoteEvent(remotes.drinkPotion)
  const held = useRef(new Set<Grip>())

  function change(grip: Grip, isHeld: boolean): void {
    if (!isDriving || held.current.has(grip) === isHeld) return
    if (isHeld) held.current.add(grip)
    else held.current.delete(grip)
    steer(steeringOf(held.current))
  }

  useEffect(() => {
    if (!isDriving) return
    const grips = held.current
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const grip = gripOf(event.code)
      if (event.type === 'keydown' && event.key.toLowerCase() === 'p' && !event.repeat) drinkPotion({})
      if (grip === null) return
      event.preventDefault()
      const isHeld = event.type === 'keydown'
      if (grips.has(grip) === isHeld) return
      if (isHeld) grips.add(grip)
      else grips.delete(grip)
      steer(steeringOf(grips))
    }
    const letGo = () => {
      if (grips.size === 0) return
      grips.clear()
      steer(steeringOf(grips))
    }
    window.addEventListener('keydown', onKey)
    window.addEventListener('keyup', onKey)
    window.addEventListener('blur', letGo)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('keyup', onKey)
      window.removeEventListener('blur', letGo)
      grips.clear()
    }
  }, [isDriving, steer, drinkPotion])

  return {
    hold: (grip) => change(grip, true),
    release: (grip) => change(grip, false),
    drink: () => drinkPotion({}),
  }
}
