import { useChildren, useInstance, useLocalPlayer, useService } from 'banyan/react'
import { useEffect, useRef } from 'react'
import { Race, Racer } from '../definition.ts'
import { Announcements } from './announcements.tsx'
import { LobbyPanel } from './lobby-panel.tsx'
import { RaceCanvas } from './race-canvas.tsx'
import { RaceHud } from './race-hud.tsx'
import { StartSignal } from './start-signal.tsx'
import { SteeringPads } from './steering-pads.tsx'
import { useDriving } from './use-driving.ts'
import './race-demo.css'

/** The whole race: numbers on top, the track, and over it whatever the phase asks for. */
export function RaceDemo() {
  const { phase, startsAt, endsAt } = useInstance('ReplicatedStorage.Race', Race).properties
  const racers = useChildren(useService('Workspace'), Racer)
  const localPlayer = useLocalPlayer()
  const self = racers.find((racer) => racer.userId === localPlayer?.userId) ?? null
  const isOn = phase === 'countdown' || phase === 'racing'
  const driving = useDriving(isOn && self !== null)

  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone the track and the pads fill the screen, so the page makes room when it matters.
    const isCutOff = (section.current?.getBoundingClientRect().bottom ?? 0) > window.innerHeight
    if (phase !== 'countdown' || !isCutOff) return
    // Asked for by a script, smooth scrolling does not heed the setting by itself.
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    section.current?.scrollIntoView({ block: 'start', behavior: isStill ? 'instant' : 'smooth' })
  }, [phase])

  return (
    <section ref={section} className="race card" aria-label="Race" data-phase={phase}>
      <RaceHud race={{ phase, startsAt, endsAt }} racers={racers} self={self} onDrink={driving.drink} />
      <div className="race__stage">
        <RaceCanvas racers={racers} self={self} />
        <StartSignal phase={phase} startsAt={startsAt} />
        {!isOn && <LobbyPanel phase={phase} racers={racers} self={self} />}
        <Announcements isVisible={isOn} />
      </div>
      {isOn && self !== null && <SteeringPads driving={driving} />}
      <p className="race__keys">
        <kbd>←</kbd> <kbd>→</kbd> or <kbd>A</kbd> <kbd>D</kbd> steer, <kbd>↓</kbd> or <kbd>S</kbd> brakes,{' '}
        <kbd>P</kbd> drinks a potion: nobody sees you for six seconds.
      </p>
    </section>
  )
}
