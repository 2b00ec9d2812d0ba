/*
 * Numbers with a precision are whole numbers of steps. Both sides compute with these two functions, so a number that
 * travels as steps arrives bit by bit as the server's record has it.
 */

/** Above this many steps, doubles no longer tell a step from its neighbor reliably, and numbers stay as they are. */
const stepsCap = 2 ** 48

/** The whole number of steps nearest to a value, or null when there are too many to count. */
export function stepsOf(value: number, precision: number): number | null {
  const perUnit = stepsPerUnit(precision)
  const steps = Math.round(perUnit === null ? value / precision : value * perUnit)
  return Math.abs(steps) <= stepsCap ? steps + 0 : null
}

/** The number that so many steps stand for. */
export function valueOfSteps(steps: number, precision: number): number {
  const perUnit = stepsPerUnit(precision)
  return perUnit === null ? steps * precision : steps / perUnit
}

/** The nearest multiple of the precision; applying it again changes nothing. */
export function roundToPrecision(value: number, precision: number): number {
  const steps = stepsOf(value, precision)
  return steps === null ? value : valueOfSteps(steps, precision)
}

// 0.01 is no binary fraction, but 100 is exact: dividing by it gives 0.07 rather than 0.07000000000000001.
function stepsPerUnit(precision: number): number | null {
  const perUnit = Math.round(1 / precision)
  return perUnit >= 1 && Math.abs(perUnit * precision - 1) < 1e-12 ? perUnit : null
}
