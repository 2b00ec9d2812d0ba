import { expectFinite } from './number-check.ts'

/** A frozen pair of finite numbers; operations return new ones and throw 'invalidValue' where a result is not finite. */
export class Vector2 {
  static readonly zero = /* @__PURE__ */ new Vector2(0, 0)
  static readonly one = /* @__PURE__ */ new Vector2(1, 1)
  static readonly xAxis = /* @__PURE__ */ new Vector2(1, 0)
  static readonly yAxis = /* @__PURE__ */ new Vector2(0, 1)

  readonly x: number
  readonly y: number

  constructor(x = 0, y = 0) {
    this.x = expectFinite(x, 'the x of a Vector2')
    this.y = expectFinite(y, 'the y of a Vector2')
    Object.freeze(this)
  }

  get magnitude(): number {
    return Math.hypot(this.x, this.y)
  }

  /** Same direction, length 1; the zero vector stays zero. */
  get unit(): Vector2 {
    const { magnitude } = this
    return magnitude === 0 ? this : this.div(magnitude)
  }

  add(other: Vector2): Vector2 {
    return new Vector2(this.x + other.x, this.y + other.y)
  }

  sub(other: Vector2): Vector2 {
    return new Vector2(this.x - other.x, this.y - other.y)
  }

  /** By a number, or component by component. */
  mul(by: number | Vector2): Vector2 {
    const { x, y } = typeof by === 'number' ? { x: by, y: by } : by
    return new Vector2(this.x * x, this.y * y)
  }

  /** By a number, or component by component. */
  div(by: number | Vector2): Vector2 {
    const { x, y } = typeof by === 'number' ? { x: by, y: by } : by
    return new Vector2(this.x / x, this.y / y)
  }

  dot(other: Vector2): number {
    return this.x * other.x + this.y * other.y
  }

  /** The z of the three-dimensional cross product: positive when `other` lies counterclockwise. */
  cross(other: Vector2): number {
    return this.x * other.y - this.y * other.x
  }

  /** At 0 this, at 1 `other`; beyond both it goes on. */
  lerp(other: Vector2, alpha: number): Vector2 {
    return new Vector2(this.x + (other.x - this.x) * alpha, this.y + (other.y - this.y) * alpha)
  }

  equals(other: Vector2): boolean {
    return this.x === other.x && this.y === other.y
  }

  toString(): string {
    return `${this.x}, ${this.y}`
  }
}
