/** The typed arrays that travel, in the order of their numbers on the wire; a Node Buffer counts as Uint8Array. */
export const typedArrayNames = Object.freeze([
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const)

export type TypedArrayName = (typeof typedArrayNames)[number]

const constructors = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} satisfies Record<TypedArrayName, unknown>

export type TypedArray = InstanceType<(typeof constructors)[TypedArrayName]>

/** The name of the built-in class, also for subclasses; null for everything that does not travel, such as a DataView. */
export function typedArrayName(view: ArrayBufferView): TypedArrayName | null {
  const name: unknown = Reflect.get(view, Symbol.toStringTag)
  return typedArrayNames.find((each) => each === name) ?? null
}

/** Bytes of one element. */
export function elementSize(name: TypedArrayName): number {
  return constructors[name].BYTES_PER_ELEMENT
}

/** An array of that class over bytes that it takes over; their length must be a multiple of the element size. */
export function typedArrayOver(name: TypedArrayName, bytes: ArrayBuffer): TypedArray {
  return new constructors[name](bytes)
}
