import { DataModelError } from '../errors.ts'
import { expectFinite } from './number-check.ts'
import {
  invertRotation,
  multiplyRotations,
  noRotation,
  type Rotation,
  rotateVector,
  rotationFromEuler,
  rotationToward,
  slerpRotations,
} from './rotation.ts'
import { Vector3 } from './vector3.ts'

/** x, y, z, then the rotation row by row. */
export type CFrameComponents = readonly [x: number, y: number, z: number, ...rotation: Rotation]

/** A frozen position and orientation; right-handed, looking along -z. The rotation is not checked to be orthonormal. */
export class CFrame {
  static readonly identity = /* @__PURE__ */ new CFrame()

  readonly position: Vector3
  readonly rotation: Rotation

  constructor(position: Vector3 = Vector3.zero, rotation: Rotation = noRotation) {
    this.position = position
    this.rotation = rotation === noRotation ? noRotation : ownRotation(rotation)
    Object.freeze(this)
  }

  static fromPosition(position: Vector3): CFrame {
    return new CFrame(position)
  }

  /** From what `components` gives; throws 'invalidValue' unless there are twelve finite numbers. */
  static fromComponents(components: readonly number[]): CFrame {
    const [x, y, z, ...rotation] = components
    if (!isRotation(rotation)) {
      throw new DataModelError(
        'invalidValue',
        `cannot make a CFrame of "${components.length}" numbers: it takes 12. Give x, y, z and the rotation row by row.`,
      )
    }
    return new CFrame(new Vector3(x, y, z), rotation)
  }

  /** Radians about x, y and z at the origin; the turn about z comes first. */
  static fromEuler(x: number, y: number, z: number): CFrame {
    return new CFrame(Vector3.zero, rotationFromEuler(x, y, z))
  }

  /** At `position`, looking to `target`; without a turn when both are the same point. */
  static lookAt(position: Vector3, target: Vector3, up: Vector3 = Vector3.yAxis): CFrame {
    return new CFrame(position, rotationToward(target.sub(position), up))
  }

  /** A fresh list of the twelve numbers. */
  get components(): CFrameComponents {
    return [this.position.x, this.position.y, this.position.z, ...this.rotation]
  }

  get rightVector(): Vector3 {
    return new Vector3(this.rotation[0], this.rotation[3], this.rotation[6])
  }

  get upVector(): Vector3 {
    return new Vector3(this.rotation[1], this.rotation[4], this.rotation[7])
  }

  get lookVector(): Vector3 {
    return new Vector3(-this.rotation[2], -this.rotation[5], -this.rotation[8])
  }

  /** `inner`, seen from outside this one. */
  mul(inner: CFrame): CFrame {
    return new CFrame(this.pointToWorld(inner.position), multiplyRotations(this.rotation, inner.rotation))
  }

  /** Undoes this one; right for orthonormal rotations only. */
  inverse(): CFrame {
    const rotation = invertRotation(this.rotation)
    return new CFrame(rotateVector(rotation, this.position).mul(-1), rotation)
  }

  pointToWorld(point: Vector3): Vector3 {
    return rotateVector(this.rotation, point).add(this.position)
  }

  pointToLocal(point: Vector3): Vector3 {
    return rotateVector(invertRotation(this.rotation), point.sub(this.position))
  }

  /** Straight for the position, the shortest turn for the orientation. */
  lerp(other: CFrame, alpha: number): CFrame {
    return new CFrame(
      this.position.lerp(other.position, alpha),
      slerpRotations(this.rotation, other.rotation, alpha),
    )
  }

  equals(other: CFrame): boolean {
    return (
      this.position.equals(other.position) &&
      this.rotation.every((value, index) => value === other.rotation[index])
    )
  }

  toString(): string {
    return this.components.join(', ')
  }
}

function isRotation(numbers: readonly number[]): numbers is Rotation {
  return numbers.length === 9
}

function ownRotation(rotation: Rotation): Rotation {
  const own = rotation.map((value) => expectFinite(value, 'the rotation of a CFrame'))
  return Object.freeze(own) as readonly number[] as Rotation
}
