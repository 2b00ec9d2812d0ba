import { readFileSync } from 'node:fs'
import { asRegressionTest, type Trial } from '@banyan/testing'
import { expect, test } from 'vitest'

const guide = readFileSync(new URL('../../../../docs/testing/convergence.md', import.meta.url), 'utf8')

test('TA12 the guide shows a trial as it is printed, with what it is played on', () => {
  const trial: Trial = {
    seed: 6,
    players: ['bo'],
    steps: [
      { kind: 'fireClient', player: null },
      { kind: 'fireClient', player: 'bo' },
    ],
  }
  const error = new Error('the trial of seed 6 failed: "bo" heard event 2 first, and missed 1')
  expect(guide).toContain(asRegressionTest(trial, error, { options: '{ definition, scripts }' }))
})
