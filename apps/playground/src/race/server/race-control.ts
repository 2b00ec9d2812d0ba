import type { Clock, Instance, Player, Players } from 'banyan'
import type { Race } from '../definition.ts'
import { maxRacers, potionMs } from '../rules.ts'
import type { Grid } from './grid.ts'
import { handOutPotions, takePotion } from './inventory.ts'
import type { RefereeNotes } from './referee-notes.ts'
import { createRunningRace } from './running-race.ts'
import { setScore } from './scoreboard.ts'

const countdownMs = 3_000
const raceLimitMs = 150_000

/** What race control works with; it alone writes `race`, `results` and the grid. */
export interface RaceControlParts {
  readonly race: Race
  readonly results: Instance
  readonly grid: Grid
  readonly players: Players
  readonly notes: RefereeNotes
  readonly clock: Clock
  readonly announce: (text: string) => void
}

/** Lobby, countdown, race, results, and around again. Everything a player asks for is checked here. */
export interface RaceControl {
  setReady(player: Player, isReady: boolean): void
  /** Starts with those who are ready, if the one who asks is among them. */
  startNow(player: Player): void
  steer(player: Player, input: { turn: number; isBraking: boolean }): void
  drinkPotion(player: Player): void
  /** For good, not for a dropped connection: the car goes, and with the last player everything else. */
  leave(player: Player): void
  /** One tick of `dt` seconds. */
  step(dt: number): void
}

export function createRaceControl(parts: RaceControlParts): RaceControl {
  const { race, results, grid, players, notes, clock } = parts
  const running = createRunningRace(parts)

  function openLobby(): void {
    race.phase = 'lobby'
    grid.clear()
    for (const player of players.getPlayers()) {
      setScore(player, 'Place', 0)
      setScore(player, 'Lap', 0)
    }
  }

  function beginCountdown(): void {
    results.clearAllChildren()
    race.startsAt = clock.now() + countdownMs
    race.endsAt = race.startsAt + raceLimitMs
    race.phase = 'countdown'
    for (const player of players.getPlayers()) handOutPotions(player)
  }

  return {
    setReady(player, isReady) {
      if (race.phase === 'countdown' || race.phase === 'racing') return
      if (race.phase === 'results') openLobby()
      if (!isReady) return grid.leave(player)
      grid.enter(player)
      const present = players.getPlayers().filter((other) => other.connected).length
      if (grid.entries.length >= Math.min(present, maxRacers)) beginCountdown()
    },
    startNow(player) {
      if (race.phase === 'lobby' && grid.entryOf(player) !== null) beginCountdown()
    },
    steer(player, { turn, isBraking }) {
      const entry = grid.entryOf(player)
      if (entry !== null) entry.driver.controls = { turn, pedal: isBraking ? 'brake' : 'throttle' }
    },
    drinkPotion(player) {
      const entry = grid.entryOf(player)
      if (race.phase !== 'racing' || entry === null) return
      if (!entry.racer.visible || entry.driver.finishMs !== null || !takePotion(player)) return
      entry.racer.visible = false
      // From here on, where the car is does not even reach the others' browsers.
      entry.body.visibleTo = player
      entry.racer.visibleAt = clock.now() + potionMs
      entry.driver.isSolid = false
      notes.write(`${player.userId} drank a potion`)
    },
    leave(player) {
      const isLast = players.getPlayers().every((other) => other === player)
      if (isLast) results.clearAllChildren()
      if (race.phase !== 'results') grid.leave(player)
      if (isLast || (race.phase !== 'results' && grid.entries.length === 0)) openLobby()
    },
    step(dt) {
      if (race.phase === 'countdown' && clock.now() >= race.startsAt) race.phase = 'racing'
      if (race.phase === 'racing') running.step(dt)
    },
  }
}
