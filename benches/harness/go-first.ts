import { constants, getPriority, setPriority } from 'node:os'

/** Lets this process's main thread go before others, where the system allows that; the returned function ends it. */
export function goFirst(): () => void {
  const before = getPriority()
  return prioritize(constants.priority.PRIORITY_HIGHEST) ? () => void prioritize(before) : () => {}
}

function prioritize(priority: number): boolean {
  try {
    setPriority(priority)
    return true
  } catch {
    // Only the superuser may.
    return false
  }
}
