import { bool } from '../properties/boolean.ts'
import { color3 } from '../properties/color.ts'
import { cframe, vector3 } from '../properties/geometry.ts'
import { float } from '../properties/numbers.ts'
import { reference } from '../properties/reference.ts'
import { defineClass } from '../schema/define-class.ts'
import { CFrame } from '../values/cframe.ts'
import { Color3 } from '../values/color3.ts'
import { Vector3 } from '../values/vector3.ts'

/** Groups instances, without meaning of its own. */
export class Folder extends defineClass('Folder') {}

/** Groups values that configure its parent. */
export class Configuration extends defineClass('Configuration') {}

/** A body in the world. */
export class Part extends defineClass('Part', {
  properties: {
    /** Position and rotation; lengths in the world's own unit. */
    cframe: cframe(),
    size: vector3(new Vector3(4, 1, 2)),
    color: color3(Color3.fromRGB(163, 162, 165)),
    /** 0 is opaque, 1 invisible. */
    transparency: float(0),
    anchored: bool(false),
    canCollide: bool(true),
  },
}) {
  /** The position inside `cframe`; a write keeps the rotation. */
  get position(): Vector3 {
    return this.cframe.position
  }

  set position(position: Vector3) {
    const [, , , ...rotation] = this.cframe.components
    this.cframe = CFrame.fromComponents([position.x, position.y, position.z, ...rotation])
  }
}

/** Groups parts that belong together. */
export class Model extends defineClass('Model', {
  properties: { primaryPart: reference<Part>() },
}) {}

/** A side that players may be on. */
export class Team extends defineClass('Team', {
  properties: {
    teamColor: color3(Color3.fromRGB(255, 255, 255)),
    /** Whether new players may be put into it. */
    autoAssignable: bool(true),
  },
}) {}
