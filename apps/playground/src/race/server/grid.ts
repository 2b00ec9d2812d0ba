import type { Instance, Player } from 'banyan'
import { Body, Racer } from '../definition.ts'
import { maxRacers } from '../rules.ts'
import { circuit } from '../track/circuit.ts'
import { type Driver, gridDriver } from './field.ts'

/** A car and who drives it: the instances that the players see, and what the server alone computes with. */
export interface Entry {
  readonly racer: Racer
  readonly body: Body
  readonly driver: Driver
  readonly slot: number
}

/** Everyone who takes part in the next, running or last race, by user id. */
export interface Grid {
  readonly entries: readonly Entry[]
  entryOf(player: Player): Entry | null
  /** Puts the player on the first free place; null when all are taken. */
  enter(player: Player): Entry | null
  leave(player: Player): void
  clear(): void
}

/** An empty grid whose cars appear under `parent`. */
export function createGrid(parent: Instance): Grid {
  const entries = new Map<string, Entry>()

  function freeSlot(): number | null {
    const taken = new Set([...entries.values()].map((entry) => entry.slot))
    for (let slot = 0; slot < maxRacers; slot++) if (!taken.has(slot)) return slot
    return null
  }

  return {
    get entries() {
      return [...entries.values()]
    },
    entryOf: (player) => entries.get(player.userId) ?? null,
    enter(player) {
      const slot = freeSlot()
      if (slot === null || entries.has(player.userId)) return null
      const driver = gridDriver(circuit, slot)
      const { x, y, heading } = driver.car
      const { name, userId } = player
      const racer = new Racer({ name, userId, color: slot, standing: slot + 1 })
      const body = new Body({ x, y, heading, parent: racer })
      racer.parent = parent
      const entry = { racer, body, driver, slot }
      entries.set(userId, entry)
      return entry
    },
    leave(player) {
      entries.get(player.userId)?.racer.destroy()
      entries.delete(player.userId)
    },
    clear() {
      for (const entry of entries.values()) entry.racer.destroy()
      entries.clear()
    },
  }
}
