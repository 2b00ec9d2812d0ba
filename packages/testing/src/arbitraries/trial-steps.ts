import type { GameDefinition, NetworkConditions } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { PlayerStep, TrialStep } from '../trial/trial.ts'
import { drive } from './drives.ts'
import { overwrite } from './overwrites.ts'
import { plainRecord } from './plain-values.ts'
import { type TreeArbitraryOptions, thingsOf } from './things.ts'
import { treeStep } from './tree-steps.ts'

/** What happens in trials, step by step, and now and then several that mean something together. */
export function trialSteps(
  definition: GameDefinition,
  options: TreeArbitraryOptions,
): Arbitrary<readonly TrialStep[]> {
  const one = trialStep(definition, options).map((step) => [step])
  const several = drive(definition, options)
  return several === null ? one : fc.oneof({ arbitrary: one, weight: 60 }, { arbitrary: several, weight: 1 })
}

/** In the shares in which each should happen. */
function trialStep(definition: GameDefinition, options: TreeArbitraryOptions): Arbitrary<TrialStep> {
  const { players = [] } = options
  const player = fc.constantFrom(...players)
  const one = (...kinds: readonly PlayerStep['kind'][]): Arbitrary<TrialStep> =>
    plainRecord({ kind: fc.constantFrom(...kinds), player })
  const fire = plainRecord({
    kind: fc.constantFrom<'fireClient' | 'fireClientUnreliably'>(
      'fireClient',
      'fireClient',
      'fireClientUnreliably',
    ),
    player: fc.option(player, { freq: 3 }),
  })
  const over = overwrite(thingsOf(definition, options), options)
  return fc.oneof(
    ...(over === null ? [] : [{ arbitrary: over, weight: 8 }]),
    { arbitrary: treeStep(definition, options), weight: 48 },
    { arbitrary: advance, weight: 34 },
    { arbitrary: fire, weight: 12 },
    { arbitrary: one('fireServer', 'fireServer', 'fireServerUnreliably', 'invokeServer'), weight: 12 },
    { arbitrary: one('cut'), weight: 4 },
    { arbitrary: one('partition', 'block'), weight: 3 },
    { arbitrary: one('heal'), weight: 4 },
    { arbitrary: plainRecord({ kind: fc.constant('network' as const), player, conditions }), weight: 5 },
    { arbitrary: one('join'), weight: 3 },
    { arbitrary: one('leave', 'reload', 'reload'), weight: 2 },
    { arbitrary: one('hide', 'show', 'show'), weight: 2 },
  )
}

// Short ones race with what is under way; long ones reach heartbeats and attempts to connect again.
const advance: Arbitrary<TrialStep> = plainRecord({
  kind: fc.constant('advance' as const),
  ms: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 80 }), weight: 9 },
    { arbitrary: fc.integer({ min: 80, max: 600 }), weight: 3 },
    fc.integer({ min: 600, max: 12_000 }),
  ),
})

const chance = fc.nat(6).map((tenths) => tenths / 10)

const ofDirection = { latencyMs: fc.nat(300), jitterMs: fc.nat(200), loss: chance, reorder: chance }
const optional: { requiredKeys: []; noNullPrototype: true } = { requiredKeys: [], noNullPrototype: true }
const up = fc.record(ofDirection, optional)

// The slowest take longer for a patch than until the next one.
const down = fc.record({ ...ofDirection, bytesPerSecond: fc.constantFrom(null, 100, 300, 1_000) }, optional)

const conditions = fc.record(
  {
    latencyMs: fc.nat(400),
    jitterMs: fc.nat(300),
    loss: chance,
    reorder: chance,
    bytesPerSecond: fc.constantFrom(null, 2_000, 20_000),
    up,
    down,
    flap: fc.constantFrom(null, null, { upMs: [200, 2_000], downMs: [50, 1_000] }),
  },
  optional,
) as Arbitrary<NetworkConditions>
