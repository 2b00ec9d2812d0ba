/* Rotations as nine numbers, row by row: the columns are the rotated x, y and z axes. All must be orthonormal. */
import { Vector3 } from './vector3.ts'

/** A 3x3 matrix, row by row. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number]

type Quaternion = readonly [x: number, y: number, z: number, w: number]

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
  const a = toQuaternion(from)
  const b = toQuaternion(to)
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
  const angle = Math.acos(Math.min(1, Math.abs(cosine)))
  // Below this the sines lose their digits and the straight line is as good.
  const isNear = angle < 1e-6
  const weightA = isNear ? 1 - alpha : Math.sin((1 - alpha) * angle) / Math.sin(angle)
  const weightB = (isNear ? alpha : Math.sin(alpha * angle) / Math.sin(angle)) * (cosine < 0 ? -1 : 1)
  return fromQuaternion([
    a[0] * weightA + b[0] * weightB,
    a[1] * weightA + b[1] * weightB,
    a[2] * weightA + b[2] * weightB,
    a[3] * weightA + b[3] * weightB,
  ])
}

// Branches on the largest part, so that no root of a small number is divided by.
function toQuaternion([a, b, c, d, e, f, g, h, i]: Rotation): Quaternion {
  const trace = a + e + i
  if (trace > 0) {
    const s = 2 * Math.sqrt(trace + 1)
    return [(h - f) / s, (c - g) / s, (d - b) / s, s / 4]
  }
  if (a >= e && a >= i) {
    const s = 2 * Math.sqrt(1 + a - e - i)
    return [s / 4, (b + d) / s, (c + g) / s, (h - f) / s]
  }
  if (e >= i) {
    const s = 2 * Math.sqrt(1 + e - a - i)
    return [(b + d) / s, s / 4, (f + h) / s, (c - g) / s]
  }
  const s = 2 * Math.sqrt(1 + i - a - e)
  return [(c + g) / s, (f + h) / s, s / 4, (d - b) / s]
}

function fromQuaternion(quaternion: Quaternion): Rotation {
  const length = Math.hypot(...quaternion)
  const [x, y, z, w] = [
    quaternion[0] / length,
    quaternion[1] / length,
    quaternion[2] / length,
    quaternion[3] / length,
  ]
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  ]
}
