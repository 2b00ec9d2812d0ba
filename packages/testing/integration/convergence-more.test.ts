// The second half of R1's thousand trials: a file of its own, so that two workers share them.

import { converge } from '@banyan/testing/arbitraries'
import { test } from 'vitest'
import { tried } from './converge/game.ts'

const chunks = Array.from({ length: 5 }, (_, index) => ({ seed: 501 + index * 100, runs: 100 }))

test.each(chunks)('TA1 TA4 R1 trials hold from seed $seed on', async (chunk) => {
  await converge({ ...tried, ...chunk })
})
