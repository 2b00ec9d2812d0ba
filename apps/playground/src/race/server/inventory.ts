import type { Player } from 'banyan'
import { Potion } from '../definition.ts'
import { potionsPerRace } from '../rules.ts'

/** Fills a player's Backpack up to a race's worth of potions. Nobody but its owner ever hears of them. */
export function handOutPotions(player: Player): void {
  const { backpack } = player
  if (backpack === null) return
  for (let held = potionsOf(player).length; held < potionsPerRace; held++) {
    new Potion({ name: 'Invisibility potion', parent: backpack })
  }
}

/** Uses up one potion; false when there is none left. */
export function takePotion(player: Player): boolean {
  const potion = potionsOf(player).at(-1)
  potion?.destroy()
  return potion !== undefined
}

function potionsOf(player: Player): Potion[] {
  return player.backpack?.getChildren().filter((child) => child.isA(Potion)) ?? []
}
