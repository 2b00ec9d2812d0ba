// Trials that failed once, as they were printed, named after what was wrong.
import { runTrial, type Trial } from '@banyan/testing'
import { test } from 'vitest'
import { garden } from '../fixtures/garden-game.ts'

const found: readonly (readonly [string, Trial])[] = [
  [
    'the end of a place did not wait for who was cut just before',
    {
      seed: 121490,
      players: ['cy'],
      steps: [
        { kind: 'cut', player: 'cy' },
        { kind: 'invokeServer', player: 'cy' },
      ],
    },
  ],
  [
    'a replica was held against no snapshot where a commit had told nobody anything',
    {
      seed: 622005,
      players: ['ana'],
      steps: [
        { kind: 'create', thing: 'Plant3', className: 'Plant', parent: { service: 'ServerStorage' } },
        { kind: 'partition', player: 'ana' },
        { kind: 'advance', ms: 5110 },
        { kind: 'fireClient', player: null },
        { kind: 'advance', ms: 621 },
        { kind: 'move', thing: 'Plant3', to: null },
      ],
    },
  ],
  [
    'a datagram that the line had reordered was logged as a dropped call',
    {
      seed: 4,
      players: ['cy'],
      steps: [
        {
          kind: 'network',
          player: 'cy',
          conditions: { up: { latencyMs: 26, jitterMs: 6, loss: 0.1, reorder: 0.6 } },
        },
        { kind: 'fireServerUnreliably', player: 'cy' },
        { kind: 'fireServerUnreliably', player: 'cy' },
        { kind: 'advance', ms: 1 },
      ],
    },
  ],
  [
    'an edit that deleted what every object inherits was taken for one that deletes',
    {
      seed: 519791,
      players: ['bo'],
      steps: [
        {
          kind: 'create',
          thing: 'Plant1',
          className: 'Plant',
          parent: { player: 'bo', within: 'Backpack' },
        },
        { kind: 'update', thing: 'Plant1', property: 'roots', edit: { at: ['tags'], remove: 'toString' } },
      ],
    },
  ],
  [
    'a leave that arrived when its player was back already was taken for a loss',
    {
      seed: 618756,
      players: ['cy'],
      steps: [
        {
          kind: 'network',
          player: 'cy',
          conditions: { up: { latencyMs: 300, jitterMs: 1, reorder: 0.1 } },
        },
        { kind: 'leave', player: 'cy' },
        { kind: 'join', player: 'cy' },
        { kind: 'advance', ms: 1 },
        { kind: 'leave', player: 'cy' },
      ],
    },
  ],
  [
    'the hello of a page that had ended took the session from the page after it',
    {
      seed: 256593,
      players: ['ana'],
      steps: [
        { kind: 'network', player: 'ana', conditions: { loss: 0.3 } },
        { kind: 'reload', player: 'ana' },
        { kind: 'advance', ms: 1 },
        { kind: 'reload', player: 'ana' },
        { kind: 'advance', ms: 1 },
      ],
    },
  ],
]

test.each(found)('TA10 TA14 a trial holds again: %s', async (_what, trial) => {
  await runTrial(trial, { definition: garden })
})
