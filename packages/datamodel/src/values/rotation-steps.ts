/*
 * A rotation to a resolution: a quaternion of four whole numbers, not of length one. Its matrix is then a quotient of whole
 * numbers that doubles hold exactly, so that every machine and language comes to the same bits, without a root.
 */
import { type Quaternion, quaternionOf, type Rotation, rotationOf } from './rotation.ts'

/** The largest of the four numbers. A rotation is at most √3 / 32767 radians, 0.0031 degrees, off. */
export const rotationUnit = 32_767

/** How far a number of a matrix may be off before the matrix counts as no rotation at all. */
const tolerance = 0.01

/**
 * The numbers of the nearest rotation that four whole numbers of at most `rotationUnit` stand for, the first of the largest
 * being the unit itself, above zero; null for a matrix that is further off, and by more than rounding where nothing is said.
 */
export function stepsOfRotation(rotation: Rotation, mostOff = tolerance): Quaternion | null {
  const [w, x, y, z] = quaternionOf(rotation)
  const scale = rotationUnit / Math.max(Math.abs(w), Math.abs(x), Math.abs(y), Math.abs(z))
  const steps = rounded([w, x, y, z], scale)
  // All four the other way round are the same rotation.
  const first = steps.find((step) => Math.abs(step) === rotationUnit)
  const own = first === -rotationUnit ? rounded(steps, -1) : steps
  const made = rotationOf(own)
  for (let at = 0; at < made.length; at++) {
    // What is not finite is near nothing.
    if (!(Math.abs((rotation[at] ?? 0) - (made[at] ?? 0)) <= mostOff)) return null
  }
  return own
}

function rounded([w, x, y, z]: Quaternion, scale: number): Quaternion {
  return [
    Math.round(w * scale) + 0,
    Math.round(x * scale) + 0,
    Math.round(y * scale) + 0,
    Math.round(z * scale) + 0,
  ]
}

/** The nearest rotation that has steps, which rounds to itself, as do all that stand squarely; what is no rotation stays. */
export function roundRotation(rotation: Rotation): Rotation {
  const steps = stepsOfRotation(rotation)
  return steps === null ? rotation : rotationOf(steps)
}
