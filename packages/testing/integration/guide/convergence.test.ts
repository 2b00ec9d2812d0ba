import { runTrial } from '@banyan/testing'
import { converge } from '@banyan/testing/arbitraries'
import { test } from 'vitest'
import { definition, Racer, race } from './potion-game.ts'

test('whatever happens, every replica equals its view', async () => {
  await converge({
    definition,
    classes: [Racer], // what the trials make, beside what the game makes by itself
    trial: { scripts: [race] },
    runs: 10,
    seed: 1,
  })
})

test('a trial holds: "bo" heard event 2 first, and missed 1', async () => {
  await runTrial(
    {
      seed: 6,
      players: ['bo'],
      steps: [
        { kind: 'fireClient', player: null },
        { kind: 'fireClient', player: 'bo' },
      ],
    },
    { definition, scripts: [race] },
  )
})
