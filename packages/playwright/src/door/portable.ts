import {
  CFrame,
  Color3,
  Instance,
  isPlainObject,
  type TypedArrayName,
  typedArrayName,
  typedArrayOver,
  Vector2,
  Vector3,
} from '@banyan/datamodel'

/** A value as JSON can carry it: plain ones as they are, everything else as an array that begins with its kind. */
export type Portable =
  | null
  | boolean
  | string
  | number
  | readonly [kind: string, ...parts: readonly unknown[]]

/** How an instance is told of; by its id unless the caller says otherwise. */
export type InstanceWord = (instance: Instance) => string | number

/** Turns any value of a tree into a portable one and loses nothing: not the sign of zero, no NaN, no class. */
export function toPortable(value: unknown, wordOf: InstanceWord = ({ id }) => id): Portable {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value
    case 'undefined':
      return ['undefined']
    case 'bigint':
      return ['bigint', String(value)]
    case 'number':
      if (Object.is(value, -0)) return ['number', '-0']
      return Number.isFinite(value) ? value : ['number', String(value)]
    case 'object':
      return value === null ? null : objectToPortable(value, wordOf)
    case 'function':
    case 'symbol':
      throw new TypeError(`cannot carry a ${typeof value} between the page and the test. Use plain data.`)
  }
}

function objectToPortable(value: object, wordOf: InstanceWord): Portable {
  const part = (of: unknown): Portable => toPortable(of, wordOf)
  const pairs = (entries: Iterable<readonly [unknown, unknown]>) =>
    Array.from(entries, ([key, of]) => [part(key), part(of)])
  if (Array.isArray(value)) return ['array', ...value.map(part)]
  if (value instanceof Instance) return ['instance', wordOf(value)]
  if (value instanceof Vector3) return ['Vector3', part(value.x), part(value.y), part(value.z)]
  if (value instanceof Vector2) return ['Vector2', part(value.x), part(value.y)]
  if (value instanceof CFrame) return ['CFrame', ...value.components.map(part)]
  if (value instanceof Color3) return ['Color3', part(value.r), part(value.g), part(value.b)]
  if (value instanceof Date) return ['Date', part(value.getTime())]
  if (value instanceof Map) return ['Map', ...pairs(value)]
  if (value instanceof Set) return ['Set', ...Array.from(value, part)]
  if (value instanceof ArrayBuffer) return ['ArrayBuffer', ...new Uint8Array(value)]
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    return ['TypedArray', typedArrayName(value), ...bytes]
  }
  if (isPlainObject(value)) return ['object', ...pairs(Object.entries(value))]
  throw new TypeError(
    'cannot carry an object of an unknown class between the page and the test. Use plain data.',
  )
}

/** The value again; what stands for an instance is the caller's to find. Throws for what `toPortable` did not make. */
export function fromPortable(
  portable: Portable,
  instanceOf: (word: string | number) => unknown = (word) => word,
): unknown {
  if (portable === null || typeof portable !== 'object') return portable
  const [kind, ...parts] = portable as readonly [string, ...Portable[]]
  const value = (part: Portable = null): unknown => fromPortable(part, instanceOf)
  const values = (): unknown[] => parts.map(value)
  const numbers = (): number[] => values() as number[]
  const pairs = (): [unknown, unknown][] =>
    (parts as unknown as [Portable, Portable][]).map(([key, of]) => [value(key), value(of)])
  switch (kind) {
    case 'undefined':
      return undefined
    case 'number':
      return Number(parts[0])
    case 'bigint':
      return BigInt(String(parts[0]))
    case 'array':
      return values()
    case 'object':
      return Object.fromEntries(pairs())
    case 'instance':
      return instanceOf(parts[0] as string | number)
    case 'Vector3':
      return new Vector3(...numbers())
    case 'Vector2':
      return new Vector2(...numbers())
    case 'CFrame':
      return CFrame.fromComponents(numbers())
    case 'Color3':
      return new Color3(...numbers())
    case 'Date':
      return new Date(Number(value(parts[0])))
    case 'Map':
      return new Map(pairs())
    case 'Set':
      return new Set(values())
    case 'ArrayBuffer':
      return Uint8Array.from(parts as number[]).buffer
    case 'TypedArray':
      return typedArrayOver(parts[0] as TypedArrayName, Uint8Array.from(parts.slice(1) as number[]).buffer)
    default:
      throw new TypeError(`cannot read a value of the kind "${kind}" that came from the page.`)
  }
}
