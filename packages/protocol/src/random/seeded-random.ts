import type { Random } from '@banyan/datamodel'
import { ProtocolError } from '../errors.ts'

/** Rounds after which sfc32's state no longer shows its seed. */
const warmUpRounds = 12

/**
 * The same numbers for the same seed, a whole number. The generator is sfc32, from Chris Doty-Humphrey's PractRand
 * (public domain): fast, 128 bits of state, and of no use for secrets.
 */
export function createSeededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new ProtocolError('invalidSeed', `cannot seed with ${seed}: it is not a whole number. Pass one.`)
  }
  let a = seed >>> 0
  let b = Math.floor(seed / 0x1_0000_0000) >>> 0
  let c = 0
  let counter = 1

  const draw = (): number => {
    const sum = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0
    return sum
  }
  for (let round = 0; round < warmUpRounds; round++) draw()

  return {
    /** 53 bits, as many as a number below 1 can show. */
    next: () => ((draw() >>> 5) * 0x400_0000 + (draw() >>> 6)) / 0x20_0000_0000_0000,
    bytes: (count) => Uint8Array.from({ length: count }, () => draw() >>> 24),
  }
}
