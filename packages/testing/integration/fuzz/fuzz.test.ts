// A short share of `pnpm fuzz`, whose findings are the same at any length.
import { expect, test } from 'vitest'
import { type FuzzOptions, fuzzDecoders, fuzzHost } from './run-fuzz.ts'

const short: FuzzOptions = { messages: 1_500, seed: 1, workers: 1, isPatient: false, tell: () => {} }

// Processes take their time to start where much else runs.
const limitMs = 180_000

test(
  'FZ1 R2 no frame makes a decoder of either side throw, hang, take memory without bounds, or change a prototype',
  async () => {
    expect(await fuzzDecoders(short)).toEqual([])
  },
  limitMs,
)

test(
  'FZ2 FZ3 R2 a host outlives all kinds of hostile lines, and its honest players notice none',
  async () => {
    expect(await fuzzHost(short)).toEqual([])
  },
  limitMs,
)
