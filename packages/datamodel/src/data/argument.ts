import { DataModelError } from '../errors.ts'
import { isBranded } from '../instance/instance-brand.ts'
import { CFrame } from '../values/cframe.ts'
import { Color3 } from '../values/color3.ts'
import { Vector2 } from '../values/vector2.ts'
import { Vector3 } from '../values/vector3.ts'
import { isPlainObject } from './plain-value.ts'
import { typedArrayName, typedArrayOver } from './typed-array.ts'
import { describeValue } from './value-description.ts'

export { instanceBrand } from '../instance/instance-brand.ts'

/** How a value travels; `unsupported` covers functions, symbols and instances of any other class. */
export type ArgumentKind =
  | 'undefined'
  | 'null'
  | 'boolean'
  | 'number'
  | 'bigint'
  | 'string'
  | 'array'
  | 'object'
  | 'map'
  | 'set'
  | 'date'
  | 'arrayBuffer'
  | 'typedArray'
  | 'vector2'
  | 'vector3'
  | 'cframe'
  | 'color3'
  | 'instance'
  | 'unsupported'

/** Containers inside one another in one argument, at most. */
export const argumentDepthCap = 32

/** Looks at the value itself only, not at what it contains. */
export function argumentKind(value: unknown): ArgumentKind {
  switch (typeof value) {
    case 'undefined':
      return 'undefined'
    case 'boolean':
      return 'boolean'
    case 'number':
      return 'number'
    case 'bigint':
      return 'bigint'
    case 'string':
      return 'string'
    case 'object':
      return value === null ? 'null' : objectKind(value)
    case 'function':
    case 'symbol':
      return 'unsupported'
  }
}

function objectKind(value: object): ArgumentKind {
  if (Array.isArray(value)) return 'array'
  if (isPlainObject(value)) return 'object'
  if (isBranded(value)) return 'instance'
  if (value instanceof Vector3) return 'vector3'
  if (value instanceof Vector2) return 'vector2'
  if (value instanceof CFrame) return 'cframe'
  if (value instanceof Color3) return 'color3'
  if (value instanceof Map) return 'map'
  if (value instanceof Set) return 'set'
  if (value instanceof Date) return 'date'
  if (value instanceof ArrayBuffer) return 'arrayBuffer'
  return ArrayBuffer.isView(value) && typedArrayName(value) !== null ? 'typedArray' : 'unsupported'
}

/**
 * A deep copy that shares nothing but instances and value types with the original. Throws 'invalidArgument' with the
 * path of what cannot travel. A Map's part is named by position, as in `args[0].values()[2]`.
 */
export function copyArguments(args: readonly unknown[]): unknown[] {
  return Array.from(args, (value, index) => copyArgument(value, `args[${index}]`))
}

/** As `copyArguments`, for one value that errors call `name`; `undefined` becomes null. */
export function copyArgument(value: unknown, name: string): unknown {
  return copyValue(value, { name, steps: [], ancestors: [] })
}

/** Where the copy is: errors alone read it, so nothing is built for values that can travel. */
interface Position {
  readonly name: string
  readonly steps: string[]
  readonly ancestors: object[]
}

function copyValue(value: unknown, position: Position): unknown {
  switch (argumentKind(value)) {
    case 'undefined':
    case 'null':
      return null
    case 'boolean':
    case 'number':
    case 'bigint':
    case 'vector2':
    case 'vector3':
    case 'cframe':
    case 'color3':
    case 'instance':
      return value
    case 'string':
      return String(value).toWellFormed()
    case 'unsupported':
      throw argumentError(position, `${describeValue(value)} cannot travel. Send plain data`)
    case 'array':
    case 'object':
    case 'map':
    case 'set':
    case 'date':
    case 'arrayBuffer':
    case 'typedArray':
      return copyObject(value as object, position)
  }
}

function copyObject(value: object, position: Position): unknown {
  if (value instanceof Date) return new Date(value.getTime())
  if (value instanceof ArrayBuffer) return value.slice(0)
  if (ArrayBuffer.isView(value)) return copyView(value)
  const { ancestors } = position
  if (ancestors.includes(value)) throw argumentError(position, 'it contains itself. Send data without cycles')
  if (ancestors.length >= argumentDepthCap) {
    throw argumentError(position, `it lies more than ${argumentDepthCap} levels deep. Send flatter data`)
  }
  ancestors.push(value)
  const copy = copyContainer(value, position)
  ancestors.pop()
  return copy
}

function copyContainer(value: object, position: Position): unknown {
  if (Array.isArray(value)) return copyItems(value, '', position)
  if (value instanceof Set) return new Set(copyItems(value, '.values()', position))
  if (value instanceof Map) {
    const keys = copyItems(value.keys(), '.keys()', position)
    const values = copyItems(value.values(), '.values()', position)
    return new Map(keys.map((key, index) => [key, values[index]]))
  }
  const copy: Record<string, unknown> = {}
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'symbol') throw argumentError(position, 'it has a symbol as a key. Use strings')
    if (key === '__proto__') throw argumentError(position, 'it has the key __proto__. Use another name')
    const item: unknown = Reflect.get(value, key)
    if (item === undefined) continue
    position.steps.push(/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)
    copy[key.toWellFormed()] = copyValue(item, position)
    position.steps.pop()
  }
  return copy
}

function copyItems(items: Iterable<unknown>, step: string, position: Position): unknown[] {
  return Array.from(items, (item, index) => {
    position.steps.push(`${step}[${index}]`)
    const copy = copyValue(item, position)
    position.steps.pop()
    return copy
  })
}

function copyView(view: ArrayBufferView): unknown {
  const name = typedArrayName(view)
  if (name === null) return null // argumentKind has refused it
  const bytes = new Uint8Array(view.byteLength)
  bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
  return typedArrayOver(name, bytes.buffer)
}

function argumentError({ name, steps }: Position, why: string): DataModelError {
  return new DataModelError('invalidArgument', `cannot send "${name}${steps.join('')}": ${why}.`)
}
