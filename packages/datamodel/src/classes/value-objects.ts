import type { Instance } from '../instance/instance.ts'
import { bool } from '../properties/boolean.ts'
import { color3 } from '../properties/color.ts'
import { cframe, vector3 } from '../properties/geometry.ts'
import { float, int } from '../properties/numbers.ts'
import { reference } from '../properties/reference.ts'
import { string } from '../properties/strings.ts'
import { defineClass } from '../schema/define-class.ts'

/** A boolean with a name. */
export class BoolValue extends defineClass('BoolValue', { properties: { value: bool(false) } }) {}

/** A safe integer with a name. */
export class IntValue extends defineClass('IntValue', { properties: { value: int(0) } }) {}

/** A finite 64-bit float with a name. */
export class NumberValue extends defineClass('NumberValue', { properties: { value: float(0) } }) {}

/** A text of at most 200,000 characters with a name. */
export class StringValue extends defineClass('StringValue', { properties: { value: string('') } }) {}

/** A reference to an instance, with a name; null where the reader may not see the target. */
export class ObjectValue extends defineClass('ObjectValue', {
  properties: { value: reference<Instance>() },
}) {}

/** A Vector3 with a name. */
export class Vector3Value extends defineClass('Vector3Value', { properties: { value: vector3() } }) {}

/** A CFrame with a name. */
export class CFrameValue extends defineClass('CFrameValue', { properties: { value: cframe() } }) {}

/** A Color3 with a name. */
export class Color3Value extends defineClass('Color3Value', { properties: { value: color3() } }) {}
