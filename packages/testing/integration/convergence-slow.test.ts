// R1 where lines take little at once, little of the past is kept, and snapshots come in many parts: folds, snapshots
// for slow readers and all that meets them half way.

import { converge } from '@banyan/testing/arbitraries'
import { test } from 'vitest'
import { tried } from './converge/game.ts'

const conditions = {
  'lines that take little at once': { unsentBytes: 150 },
  'a short past': { unsentBytes: 300, patches: { count: 3, bytes: 1000 } },
  'hardly any past': { unsentBytes: 100, snapshotInstances: 1, patches: { count: 1, bytes: 300 } },
  'snapshots in many parts': { unsentBytes: 400, snapshotInstances: 2, patches: { count: 6, bytes: 3000 } },
}

test.each(Object.entries(conditions))('TA1 R1 trials hold with %s', async (_, limits) => {
  await converge({ ...tried, seed: 2001, runs: 60, trial: { limits: { foldBytes: 0, ...limits } } })
})
