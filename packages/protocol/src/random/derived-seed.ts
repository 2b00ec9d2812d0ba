import { ProtocolError } from '../errors.ts'

/** FNV-1a's prime, and two starts for two halves: its own, and any other. */
const prime = 0x0100_0193
const starts = { low: 0x811c_9dc5, high: 0x5c32_a0e6 } as const

/** A seed for one purpose among many: the same for the same seed and names, unrelated for any others. */
export function deriveSeed(seed: number, ...names: readonly string[]): number {
  if (!Number.isSafeInteger(seed)) {
    throw new ProtocolError('invalidSeed', `cannot seed with ${seed}: it is not a whole number. Pass one.`)
  }
  // As JSON, because names may contain whatever would separate them.
  const text = JSON.stringify([seed, ...names])
  const low = hash(text, starts.low)
  // 53 bits: as many as a whole number has.
  return (hash(text, starts.high) & 0x1f_ffff) * 0x1_0000_0000 + low
}

function hash(text: string, start: number): number {
  let sum: number = start
  for (let index = 0; index < text.length; index += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(index), prime)
  }
  // FNV alone leaves the last characters in the low bits (the mixing is MurmurHash3's).
  sum = Math.imul(sum ^ (sum >>> 16), 0x85eb_ca6b)
  sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2_ae35)
  return (sum ^ (sum >>> 16)) >>> 0
}
