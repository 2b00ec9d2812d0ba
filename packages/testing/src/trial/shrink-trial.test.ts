import { describe, expect, it } from 'vitest'
import { asRegressionTest, describeTrial } from './describe-trial.ts'
import { shrinkTrial } from './shrink-trial.ts'
import type { Trial, TrialStep } from './trial.ts'

const noise = (count: number): TrialStep[] =>
  Array.from({ length: count }, (_, index) => ({ kind: 'advance', ms: 100 + index }))
const cut: TrialStep = { kind: 'cut', player: 'bo' }
const make: TrialStep = {
  kind: 'create',
  thing: 'Folder1',
  className: 'Folder',
  parent: { service: 'Workspace' },
  name: 'Door',
  attributes: { speed: 3, lane: 1 },
  tags: ['red'],
}

/** Fails where a folder with a speed was made before bo was cut. */
async function play({ steps }: Trial): Promise<void> {
  const made = steps.findIndex((step) => step.kind === 'create' && step.attributes?.['speed'] === 3)
  if (made !== -1 && steps.slice(made).some(({ kind }) => kind === 'cut')) throw new Error('it broke')
}

const trial: Trial = {
  seed: 7,
  players: ['ana', 'bo', 'cy'],
  steps: [...noise(40), make, ...noise(30), cut, ...noise(20)],
}

describe('shrinking a trial', () => {
  it('TA11 leaves the steps and players that matter, with what matters of them, in few runs', async () => {
    const shrunk = await shrinkTrial({ trial, error: new Error('first') }, play)
    expect(shrunk.runs).toBeLessThan(100)
    expect(shrunk.error).toEqual(new Error('it broke'))
    const { name: _name, tags: _tags, ...bare } = make
    expect(shrunk.trial).toEqual({
      seed: 7,
      players: ['bo'],
      steps: [{ ...bare, attributes: { speed: 3 } }, cut],
    })
  })

  it('TA11 ends after as many runs as it may take, with the best so far', async () => {
    let runs = 0
    const count = async (one: Trial): Promise<void> => {
      runs += 1
      await play(one)
    }
    const shrunk = await shrinkTrial({ trial, error: new Error('first') }, count, { maxRuns: 5 })
    expect(runs).toBe(5)
    expect(shrunk.trial.steps.length).toBeLessThan(trial.steps.length)
    await expect(play(shrunk.trial)).rejects.toThrow('it broke')
  })
})

describe('a trial that failed', () => {
  const failed: Trial = { seed: 7, players: ['bo'], steps: [cut, { kind: 'advance', ms: 50 }] }
  const error = new Error('the trial of seed 7 failed: "bo" never heard event 3\n  at step 2')

  it('TA12 prints as a test to paste, titled by what went wrong', () => {
    expect(asRegressionTest(failed, error)).toBe(
      [
        `import { runTrial } from '@banyan/testing'`,
        `import { test } from 'vitest'`,
        '',
        `test('a trial holds: "bo" never heard event 3', async () => {`,
        '  await runTrial({',
        '    seed: 7,',
        `    players: ['bo'],`,
        `    steps: [{ kind: 'cut', player: 'bo' }, { kind: 'advance', ms: 50 }],`,
        '  })',
        '})',
        '',
      ].join('\n'),
    )
    expect(asRegressionTest(failed, error, { options: '{ definition }' })).toContain('  }, { definition })\n')
  })

  it('TA12 is described step by step', () => {
    expect(describeTrial({ ...failed, steps: [cut] })).toContain('seed 7, players bo, 1 step\n')
    expect(describeTrial(failed)).toBe(
      [
        'seed 7, players bo, 2 steps',
        `   1. { kind: 'cut', player: 'bo' }`,
        `   2. { kind: 'advance', ms: 50 }`,
      ].join('\n'),
    )
  })

  it('TA15 is neither shrunk nor printed with options that there are not', async () => {
    const [shrinking, printing] = [
      { maxRun: 1, maxRuns: 1 },
      { option: '', options: '' },
    ]
    await expect(shrinkTrial({ trial: failed, error }, play, shrinking)).rejects.toThrow(
      'cannot shrink a trial with "maxRun"',
    )
    expect(() => asRegressionTest(failed, error, printing)).toThrow(
      'cannot print a regression test with "option": there is no such option. Use any of options.',
    )
  })
})
