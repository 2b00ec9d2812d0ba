// The soaks of `pnpm soak`, a few seconds each.
import { expect, test } from 'vitest'
import { flapping } from './flapping.ts'
import { slowReader } from './slow-reader.ts'
import type { SoakOptions } from './soak.ts'
import { visits } from './visits.ts'

const short: SoakOptions = { isQuick: true, seed: 1, tell: () => {} }

// Processes take their time to start where much else runs.
const limitMs = 180_000

test(
  'SO1 SO2 R3 a client that stops reading on a real socket costs the host little, and ends correct',
  async () => {
    expect(await slowReader(short)).toEqual([])
  },
  limitMs,
)

test(
  'SO3 R4 clients whose real sockets are cut again and again lose nothing',
  async () => {
    expect(await flapping(short)).toEqual([])
  },
  limitMs,
)

test(
  'SO4 R6 T5 who comes and goes over real sockets leaves nothing behind',
  async () => {
    expect(await visits(short)).toEqual([])
  },
  limitMs,
)
