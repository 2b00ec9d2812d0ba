/** A race is this many laps. */
export const lapsToWin = 3

/** Who comes later watches, and may drive the next one. */
export const maxRacers = 8

/** What everyone's Backpack holds at the start. */
export const potionsPerRace = 2

/** How long a potion hides who drinks it. */
export const potionMs = 6_000
