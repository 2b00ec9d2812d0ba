const utf8 = new TextEncoder()

export type FramePart = number | string | readonly number[] | Uint8Array

/** Numbers and texts in a row; hostile frames are written byte by byte, because the encoders refuse to make them. */
export function bytes(...parts: readonly FramePart[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [part]
      return typeof part === 'string' ? [...utf8.encode(part)] : [...part]
    }),
  )
}

/** The part as often as told. */
export function repeat(count: number, ...part: readonly number[]): readonly number[] {
  return Array.from({ length: count }, () => part).flat()
}

/** A count or length of 2^53 - 1. */
export const huge: readonly number[] = Object.freeze([...repeat(7, 0xff), 0x0f])

/** The double that is no number. */
export const nan: readonly number[] = Object.freeze([...repeat(6, 0), 0xf8, 0x7f])
