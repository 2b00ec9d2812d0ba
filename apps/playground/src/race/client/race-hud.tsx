import { useFrame, useInstance } from 'banyan/react'
import { useRef } from 'react'
import type { Race, Racer } from '../definition.ts'
import { lapsToWin, maxRacers } from '../rules.ts'
import { ordinalSuffix, stopwatch } from '../standings.ts'
import { PotionButton } from './potion-button.tsx'
import './race-hud.css'

type RaceState = Pick<Race, 'phase' | 'startsAt' | 'endsAt'>

export interface RaceHudProps {
  readonly race: RaceState
  readonly racers: readonly Racer[]
  readonly self: Racer | null
  readonly onDrink: () => void
}

/** Rank, lap and time in large numbers; before and after a race, what there is to know instead. */
export function RaceHud({ race, racers, self, onDrink }: RaceHudProps) {
  const isOn = race.phase === 'countdown' || race.phase === 'racing'
  const isWatching = isOn && self === null
  return (
    <div className="race-hud">
      {isOn && self !== null && <OwnNumbers racer={self} racerCount={racers.length} />}
      {isWatching && <Fact label="Watching" value={`${racers.length} racing`} />}
      {!isOn && <Fact label="Laps" value={String(lapsToWin)} />}
      {!isOn && (
        <Fact
          label="On the grid"
          value={race.phase === 'lobby' ? String(racers.length) : '0'}
          rest={`/${maxRacers}`}
        />
      )}
      {isOn && <RaceTime race={race} />}
      {!isWatching && <PotionButton racer={self} isRacing={race.phase === 'racing'} onDrink={onDrink} />}
    </div>
  )
}

function OwnNumbers({ racer, racerCount }: { readonly racer: Racer; readonly racerCount: number }) {
  const own = useInstance(
    racer,
    ({ properties: { standing, lap } }) => `${standing}/${Math.min(lap + 1, lapsToWin)}`,
  )
  const [standing = '', lap = ''] = own?.split('/') ?? []
  return (
    <>
      <Fact label="Place" value={standing} rest={`${ordinalSuffix(Number(standing))} of ${racerCount}`} />
      <Fact label="Lap" value={lap} rest={`/${lapsToWin}`} />
      <p className="visually-hidden" role="status">
        Lap {lap} of {lapsToWin}
      </p>
    </>
  )
}

function RaceTime({ race }: { readonly race: RaceState }) {
  const time = useRef<HTMLElement>(null)
  useFrame((_, serverTimeMs) => {
    const text = stopwatch(race.phase === 'racing' ? serverTimeMs - race.startsAt : 0)
    if (time.current !== null && time.current.textContent !== text) time.current.textContent = text
  })
  return (
    <div className="race-hud__fact">
      <span className="race-hud__label">Time</span>
      <strong ref={time} className="race-hud__value" role="timer" />
    </div>
  )
}

function Fact({
  label,
  value,
  rest,
}: {
  readonly label: string
  readonly value: string
  readonly rest?: string
}) {
  return (
    <div className="race-hud__fact">
      <span className="race-hud__label">{label}</span>
      <strong className="race-hud__value">
        {value}
        {rest !== undefined && <small>{rest}</small>}
      </strong>
    </div>
  )
}
