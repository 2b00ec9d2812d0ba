import type { Random } from '@banyan/datamodel'
import { huge } from './frame-bytes.ts'

type Bend = (frame: Uint8Array, at: number, random: Pick<Random, 'next'>) => readonly Uint8Array[]

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) {
    whole.set(part, end)
    end += part.length
  }
  return whole
}

const below = (random: Pick<Random, 'next'>, end: number): number => Math.floor(random.next() * end)

/** Ways to spoil a frame at a place, that know nothing of the format but that its numbers are varints. */
const bends: readonly Bend[] = [
  // One bit, which makes neighbors of counts, tags and flags.
  (frame, at, random) => [frame.with(at, (frame[at] ?? 0) ^ (1 << below(random, 8)))],
  (frame, at, random) => [frame.with(at, below(random, 256))],
  (frame, at) => [frame.subarray(0, at)],
  (frame, at, random) => [frame.subarray(0, at), frame.subarray(at + 1 + below(random, 4))],
  (frame, at, random) => {
    const end = at + 1 + below(random, 32)
    return [frame.subarray(0, end), frame.subarray(at, end), frame.subarray(end)]
  },
  (frame, at) => [frame, frame.subarray(at)],
  // What was a small number becomes the largest one, or one a little too large, or takes needless bytes.
  (frame, at) => [frame.subarray(0, at), Uint8Array.from(huge), frame.subarray(at + 1)],
  (frame, at, random) => [frame.with(at, Math.min(255, (frame[at] ?? 0) + 1 + below(random, 16)))],
  (frame, at, random) => [
    frame.subarray(0, at),
    Uint8Array.of(0x80 | (frame[at] ?? 0), below(random, 128)),
    frame.subarray(at + 1),
  ],
]

/** A frame that was bent once to three times: at least one byte of it is another, was lost, or came besides. */
export function bendFrame(frame: Uint8Array, random: Pick<Random, 'next'>): Uint8Array {
  let bent = frame
  for (let times = 1 + below(random, 3); times > 0 && bent.length > 0; times -= 1) {
    const bend = bends[below(random, bends.length)]
    if (bend !== undefined) bent = join(bend(bent, below(random, bent.length), random))
  }
  return bent
}

/** The beginning of one frame and the end of another. */
export function spliceFrames(one: Uint8Array, other: Uint8Array, random: Pick<Random, 'next'>): Uint8Array {
  return join([
    one.subarray(0, below(random, one.length + 1)),
    other.subarray(below(random, other.length + 1)),
  ])
}
