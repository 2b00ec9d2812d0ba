/**
 * One condition for seeing something: the id of a Player or of a Team, or the number of an Audience, which lies below
 * `nobody`. `everyone` and `nobody` stand for no condition and for one that none meets.
 */
export type AudienceId = number

/**
 * The audience that a set of instances, or of properties, shares: a conjunction of conditions. `everyone` has none,
 * `nobody` (the server alone) is never met, that of one condition is its number; any other is a number of the tree's.
 */
export type Domain = number

/** Visible to all players. */
export const everyone: Domain = 0

/** Visible to the server alone. */
export const nobody: Domain = -1

/** Whether all conditions are among those that are met; both ascend. */
export function meets(met: readonly AudienceId[], conditions: readonly AudienceId[]): boolean {
  let at = 0
  for (const condition of conditions) {
    while (at < met.length && (met[at] ?? 0) < condition) at += 1
    if (met[at] !== condition) return false
  }
  return true
}

/** The conditions with one more, ascending; the same list where that changes nothing, and null for nobody. */
export function narrowed(
  conditions: readonly AudienceId[] | null,
  condition: AudienceId,
): readonly AudienceId[] | null {
  if (conditions === null || condition === nobody) return null
  if (condition === everyone || conditions.includes(condition)) return conditions
  return [...conditions, condition].sort((one, other) => one - other)
}
