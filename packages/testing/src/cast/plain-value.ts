import { type AttributeValue, CFrame, Color3, isPlainObject, Vector2, Vector3 } from '@banyan/datamodel'

/**
 * A property's or an attribute's value as plain data. A CFrame is its position, or all twelve components; the parts of
 * a color lie between 0 and 1.
 */
export type PlainValue =
  | string
  | number
  | boolean
  | { readonly vector2: readonly number[] }
  | { readonly vector3: readonly number[] }
  | { readonly cframe: readonly number[] }
  | { readonly color3: readonly number[] }

/** The value that plain data stands for; what stands for nothing special is returned as it is. */
export function valueOfPlain(plain: PlainValue): AttributeValue {
  if (typeof plain !== 'object') return plain
  if ('vector2' in plain) return vector2(plain.vector2)
  if ('vector3' in plain) return vector3(plain.vector3)
  if ('cframe' in plain) return cframe(plain.cframe)
  const [r = 0, g = 0, b = 0] = plain.color3
  return new Color3(r, g, b)
}

/** Whether data has the form of a PlainValue of one of the value types. */
export function isPlainValueType(data: unknown): data is Exclude<PlainValue, string | number | boolean> {
  if (typeof data !== 'object' || data === null || !isPlainObject(data)) return false
  const keys = Object.keys(data)
  const [key = ''] = keys
  return keys.length === 1 && ['vector2', 'vector3', 'cframe', 'color3'].includes(key)
}

function vector2([x = 0, y = 0]: readonly number[]): Vector2 {
  return new Vector2(x, y)
}

function vector3([x = 0, y = 0, z = 0]: readonly number[]): Vector3 {
  return new Vector3(x, y, z)
}

function cframe(components: readonly number[]): CFrame {
  return components.length === 12 ? CFrame.fromComponents(components) : new CFrame(vector3(components))
}
