import { expectFinite } from './number-check.ts'

/** Three frozen finite numbers; operations return new ones and throw 'invalidValue' where a result is not finite. */
export class Vector3 {
  static readonly zero = /* @__PURE__ */ new Vector3(0, 0, 0)
  static readonly one = /* @__PURE__ */ new Vector3(1, 1, 1)
  static readonly xAxis = /* @__PURE__ */ new Vector3(1, 0, 0)
  static readonly yAxis = /* @__PURE__ */ new Vector3(0, 1, 0)
  static readonly zAxis = /* @__PURE__ */ new Vector3(0, 0, 1)

  readonly x: number
  readonly y: number
  readonly z: number

  constructor(x = 0, y = 0, z = 0) {
    this.x = expectFinite(x, 'the x of a Vector3')
    this.y = expectFinite(y, 'the y of a Vector3')
    this.z = expectFinite(z, 'the z of a Vector3')
    Object.freeze(this)
  }

  get magnitude(): number {
    return Math.hypot(this.x, this.y, this.z)
  }

  /** Same direction, length 1; the zero vector stays zero. */
  get unit(): Vector3 {
    const { magnitude } = this
    return magnitude === 0 ? this : this.div(magnitude)
  }

  add(other: Vector3): Vector3 {
    return new Vector3(this.x + other.x, this.y + other.y, this.z + other.z)
  }

  sub(other: Vector3): Vector3 {
    return new Vector3(this.x - other.x, this.y - other.y, this.z - other.z)
  }

  /** By a number, or component by component. */
  mul(by: number | Vector3): Vector3 {
    const { x, y, z } = typeof by === 'number' ? { x: by, y: by, z: by } : by
    return new Vector3(this.x * x, this.y * y, this.z * z)
  }

  /** By a number, or component by component. */
  div(by: number | Vector3): Vector3 {
    const { x, y, z } = typeof by === 'number' ? { x: by, y: by, z: by } : by
    return new Vector3(this.x / x, this.y / y, this.z / z)
  }

  dot(other: Vector3): number {
    return this.x * other.x + this.y * other.y + this.z * other.z
  }

  /** Right-handed. */
  cross(other: Vector3): Vector3 {
    return new Vector3(
      this.y * other.z - this.z * other.y,
      this.z * other.x - this.x * other.z,
      this.x * other.y - this.y * other.x,
    )
  }

  /** At 0 this, at 1 `other`; beyond both it goes on. */
  lerp(other: Vector3, alpha: number): Vector3 {
    return new Vector3(
      this.x + (other.x - this.x) * alpha,
      this.y + (other.y - this.y) * alpha,
      this.z + (other.z - this.z) * alpha,
    )
  }

  equals(other: Vector3): boolean {
    return this.x === other.x && this.y === other.y && this.z === other.z
  }

  toString(): string {
    return `${this.x}, ${this.y}, ${this.z}`
  }
}
