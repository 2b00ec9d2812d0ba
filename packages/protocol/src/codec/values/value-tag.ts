// The first byte of a self-describing value. Its upper values carry small numbers, short texts and short containers in
// the same byte, because those are most of what travels.

/** Fixed tags; those from `richTags` on are not plain data. */
export const valueTag = Object.freeze({
  null: 0x00,
  false: 0x01,
  true: 0x02,
  integer: 0x03,
  single: 0x04,
  double: 0x05,
  text: 0x06,
  array: 0x07,
  object: 0x08,
  bigint: 0x10,
  date: 0x11,
  map: 0x12,
  set: 0x13,
  arrayBuffer: 0x14,
  typedArray: 0x15,
  vector2: 0x16,
  vector3: 0x17,
  cframe: 0x18,
  color3: 0x19,
  instance: 0x1a,
})

/** From here on: arrays of up to 15 items, then objects of up to 15 keys, texts of up to 63 bytes, integers to 127. */
export const shortTag = Object.freeze({ array: 0x20, object: 0x30, text: 0x40, integer: 0x80 })

/** The first tag of what is not plain data, up to `shortTag.array`. */
export const richTags = 0x10

/** Who may hold a value: `plain` is JSON's kinds, `attribute` is scalars and value types, `argument` is everything. */
export type ValueScope = 'plain' | 'attribute' | 'argument'
