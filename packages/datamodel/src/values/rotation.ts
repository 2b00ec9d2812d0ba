/* Rotations as nine numbers, row by row: the columns are the rotated x, y and z axes. All must be orthonormal. */
import { Vector3 } from './vector3.ts'

/** A 3x3 matrix, row by row. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number]

/** Four numbers of which only the ratios count. */
export type Quaternion = readonly [w: number, x: number, y: number, z: number]

/** No turn at all. */
export const noRotation: Rotation = Object.freeze([1, 0, 0, 0, 1, 0, 0, 0, 1] as const)

/** First `inner`, then `outer`. */
export function multiplyRotations(outer: Rotation, inner: Rotation): Rotation {
  const [a, b, c, d, e, f, g, h, i] = outer
  const [j, k, l, m, n, o, p, q, r] = inner
  return [
    a * j + b * m + c * p,
    a * k + b * n + c * q,
    a * l + b * o + c * r,
    d * j + e * m + f * p,
    d * k + e * n + f * q,
    d * l + e * o + f * r,
    g * j + h * m + i * p,
    g * k + h * n + i * q,
    g * l + h * o + i * r,
  ]
}

/** Transposed, which for an orthonormal matrix is the inverse. */
export function invertRotation([a, b, c, d, e, f, g, h, i]: Rotation): Rotation {
  return [a, d, g, b, e, h, c, f, i]
}

/** Turns a vector about the origin. */
export function rotateVector([a, b, c, d, e, f, g, h, i]: Rotation, { x, y, z }: Vector3): Vector3 {
  return new Vector3(a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)
}

/** Radians about x, y and z; the turn about z comes first. */
export function rotationFromEuler(x: number, y: number, z: number): Rotation {
  const [sx, cx, sy, cy, sz, cz] = [
    Math.sin(x),
    Math.cos(x),
    Math.sin(y),
    Math.cos(y),
    Math.sin(z),
    Math.cos(z),
  ]
  return [
    cy * cz,
    -cy * sz,
    sy,
    cx * sz + sx * sy * cz,
    cx * cz - sx * sy * sz,
    -sx * cy,
    sx * sz - cx * sy * cz,
    sx * cz + cx * sy * sz,
    cx * cy,
  ]
}

/** Turns -z to `direction`, keeping y near `up`; where the two are parallel another up is taken, and no direction is no turn. */
export function rotationToward(direction: Vector3, up: Vector3): Rotation {
  if (direction.magnitude === 0) return noRotation
  const back = direction.unit.mul(-1)
  const side = up.unit.cross(back)
  if (side.magnitude < 1e-9) {
    return rotationToward(direction, Math.abs(back.z) < 0.9 ? Vector3.zAxis : Vector3.yAxis)
  }
  const right = side.unit
  const above = back.cross(right)
  return [right.x, above.x, back.x, right.y, above.y, back.y, right.z, above.z, back.z]
}

/** The shortest turn between two, at a constant speed. */
export function slerpRotations(from: Rotation, to: Rotation, alpha: number): Rotation {
  const a = unitQuaternion(from)
  const b = unitQuaternion(to)
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
  const angle = Math.acos(Math.min(1, Math.abs(cosine)))
  // Below this the sines lose their digits and the straight line is as good.
  const isNear = angle < 1e-6
  const weightA = isNear ? 1 - alpha : Math.sin((1 - alpha) * angle) / Math.sin(angle)
  const weightB = (isNear ? alpha : Math.sin(alpha * angle) / Math.sin(angle)) * (cosine < 0 ? -1 : 1)
  return rotationOf([
    a[0] * weightA + b[0] * weightB,
    a[1] * weightA + b[1] * weightB,
    a[2] * weightA + b[2] * weightB,
    a[3] * weightA + b[3] * weightB,
  ])
}

function unitQuaternion(rotation: Rotation): Quaternion {
  const [w, x, y, z] = quaternionOf(rotation)
  const length = Math.hypot(w, x, y, z)
  return [w / length, x / length, y / length, z / length]
}

/**
 * Of any length above one half. The sums and differences of a matrix are products of each of the four with one of them, here
 * with a large one, so that no digits are lost.
 */
export function quaternionOf([a, b, c, d, e, f, g, h, i]: Rotation): Quaternion {
  if (a + e + i >= 0) return [1 + a + e + i, h - f, c - g, d - b]
  if (a >= e && a >= i) return [h - f, 1 + a - e - i, b + d, c + g]
  if (e >= i) return [c - g, b + d, 1 + e - a - i, f + h]
  return [d - b, c + g, f + h, 1 + i - a - e]
}

/** Takes quaternions of any length; four zeros are no turn. Of whole numbers below 2^25 each part is one exact quotient. */
export function rotationOf([w, x, y, z]: Quaternion): Rotation {
  const [ww, xx, yy, zz] = [w * w, x * x, y * y, z * z]
  const turned = xx + yy + zz
  // Most things stand so, and share it.
  if (turned === 0) return noRotation
  const sum = ww + turned
  return [
    (ww + xx - yy - zz) / sum,
    (2 * (x * y - w * z)) / sum,
    (2 * (x * z + w * y)) / sum,
    (2 * (x * y + w * z)) / sum,
    (ww - xx + yy - zz) / sum,
    (2 * (y * z - w * x)) / sum,
    (2 * (x * z - w * y)) / sum,
    (2 * (y * z + w * x)) / sum,
    (ww - xx - yy + zz) / sum,
  ]
}
