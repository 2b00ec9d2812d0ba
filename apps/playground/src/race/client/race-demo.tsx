import { useChildren, useInstance, useLocalPlayer, useService } from 'banyan/react'
import { useRef } from 'react'
import { Race, Racer } from '../definition.ts'
import { Announcements } from './announcements.tsx'
import { LobbyPanel } from './lobby-panel.tsx'
import { RaceCanvas } from './race-canvas.tsx'
import { RaceHud } from './race-hud.tsx'
import { StartSignal } from './start-signal.tsx'
import { SteeringPads } from './steering-pads.tsx'
import { useDriving } from './use-driving.ts'
import { useScreenRoom } from './use-screen-room.ts'
import './race-demo.css'

/** The whole race: numbers on top, the track, and over it whatever the phase asks for. */
export function RaceDemo() {
  const { phase, startsAt, endsAt } = useInstance('ReplicatedStorage.Race', Race).properties
  const racers = useChildren(useService('Workspace'), Racer)
  const localPlayer = useLocalPlayer()
  const self = racers.find((racer) => racer.userId === localPlayer?.userId) ?? null
  const isOn = phase === 'countdown' || phase === 'racing'
  const isDriving = isOn && self !== null
  const driving = useDriving(isDriving)
  const section = useRef<HTMLElement>(null)
  useScreenRoom(section, isDriving)

  return (
    <section ref={section} className="race card" aria-label="Race" data-phase={phase}>
      <RaceHud race={{ phase, startsAt, endsAt }} racers={racers} self={self} onDrink={driving.drink} />
      <div className="race__stage">
        <RaceCanvas racers={racers} self={self} />
        <StartSignal phase={phase} startsAt={startsAt} />
        {!isOn && <LobbyPanel phase={phase} racers={racers} self={self} />}
        <Announcements isVisible={isOn} />
      </div>
      {isDriving && <SteeringPads driving={driving} />}
      {isOn && !isDriving ? <WatcherNote /> : <Keys />}
    </section>
  )
}

function Keys() {
  return (
    <p className="race__note race__note--keys">
      <kbd>←</kbd> <kbd>→</kbd> or <kbd>A</kbd> <kbd>D</kbd> steer, <kbd>↓</kbd> or <kbd>S</kbd> brakes,{' '}
      <kbd>P</kbd> drinks a potion: nobody sees you for six seconds.
    </p>
  )
}

function WatcherNote() {
  return <p className="race__note">You watch this race and may drive the next.</p>
}
