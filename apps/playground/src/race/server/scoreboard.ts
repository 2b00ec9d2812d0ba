import { Folder, IntValue, type Player } from 'banyan'

const columns = ['Place', 'Lap', 'Wins'] as const
type Column = (typeof columns)[number]

/** Gives a player the `leaderstats` folder that every leaderboard reads, one value a column, all 0. */
export function addScores(player: Player): void {
  if (player.findFirstChild('leaderstats') !== null) return
  const leaderstats = new Folder({ name: 'leaderstats' })
  for (const name of columns) new IntValue({ name, parent: leaderstats })
  leaderstats.parent = player
}

/** Writes one column of a player's scores. */
export function setScore(player: Player, column: Column, value: number): void {
  const score = scoreOf(player, column)
  if (score !== null && score.value !== value) score.value = value
}

/** Adds one to a column. */
export function addToScore(player: Player, column: Column): void {
  const score = scoreOf(player, column)
  if (score !== null) score.value += 1
}

function scoreOf(player: Player, column: Column): IntValue | null {
  return player.findFirstChild('leaderstats')?.findFirstChild(column, IntValue) ?? null
}
