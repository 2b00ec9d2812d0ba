import { Result } from '../definition.ts'
import { lapsToWin } from '../rules.ts'
import { exactTime, ordinal, ranked } from '../standings.ts'
import { circuit } from '../track/circuit.ts'
import { type LapCompleted, stepField } from './field.ts'
import type { Entry } from './grid.ts'
import type { RaceControlParts } from './race-control.ts'
import { addToScore, setScore } from './scoreboard.ts'

const afterWinnerMs = 30_000

/** A race from the start signal to the results: the field's motion, written to what everyone sees. */
export interface RunningRace {
  step(dt: number): void
}

export function createRunningRace({
  race,
  results,
  grid,
  players,
  notes,
  clock,
  announce,
}: RaceControlParts): RunningRace {
  function step(dt: number): void {
    const nowMs = clock.now()
    for (const entry of grid.entries) prepare(entry, nowMs)
    const drivers = grid.entries.map((entry) => entry.driver)
    const laps = stepField(drivers, { track: circuit, lapsToWin, dt, raceMs: nowMs - race.startsAt })
    for (const { body, driver } of grid.entries) {
      body.x = driver.car.x
      body.y = driver.car.y
      body.heading = driver.car.heading
    }
    for (const lap of laps) completeLap(lap)
    rank()
    if (nowMs >= race.endsAt || drivers.every((driver) => driver.finishMs !== null)) showResults()
  }

  /** A player who is away, or home already, coasts; a potion wears off. */
  function prepare({ racer, body, driver }: Entry, nowMs: number): void {
    racer.isAway = players.getPlayerByUserId(racer.userId)?.connected !== true
    if (racer.isAway || driver.finishMs !== null) driver.controls = { turn: 0, pedal: 'none' }
    else if (driver.controls.pedal === 'none') driver.controls = { turn: 0, pedal: 'throttle' }
    if (racer.visible || nowMs < racer.visibleAt) return
    racer.visible = true
    body.visibleTo = 'everyone'
    driver.isSolid = driver.finishMs === null
  }

  function completeLap({ driver, lap, lapMs, isFinish }: LapCompleted): void {
    const entry = grid.entries.find((each) => each.driver === driver)
    if (entry === undefined) return
    entry.racer.lap = lap
    notes.write(`${entry.racer.userId} completed lap ${lap} in ${exactTime(lapMs)}`)
    if (isFinish) finish(entry)
  }

  function finish({ racer, driver }: Entry): void {
    racer.finishMs = Math.round(driver.finishMs ?? 0)
    const place = grid.entries.filter((each) => each.driver.finishMs !== null).length
    if (place === 1) race.endsAt = Math.min(race.endsAt, clock.now() + afterWinnerMs)
    announce(`${racer.name} finishes ${ordinal(place)} in ${exactTime(racer.finishMs)}`)
  }

  function order(): Entry[] {
    const entries = grid.entries.map((entry) => ({
      entry,
      finishMs: entry.driver.finishMs,
      distance: entry.driver.journey.distance,
    }))
    return ranked(entries).map(({ entry }) => entry)
  }

  function rank(): void {
    for (const [index, { racer }] of order().entries()) {
      racer.standing = index + 1
      const player = players.getPlayerByUserId(racer.userId)
      if (player === null) continue
      setScore(player, 'Place', index + 1)
      setScore(player, 'Lap', Math.min(racer.lap + 1, lapsToWin))
    }
  }

  function showResults(): void {
    race.phase = 'results'
    for (const { racer, body, driver } of order()) {
      const { name, userId, color, finishMs, standing } = racer
      const bestLapMs = Math.round(driver.bestLapMs ?? 0)
      new Result({ name, userId, color, finishMs, bestLapMs, standing, parent: results })
      racer.visible = true
      body.visibleTo = 'everyone'
    }
    const winner = players.getPlayerByUserId(order()[0]?.racer.userId ?? '')
    if (winner !== null && grid.entries.length > 1) addToScore(winner, 'Wins')
  }

  return { step }
}
