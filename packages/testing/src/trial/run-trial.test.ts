import { script } from '@banyan/server'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { garden, plots } from '../../fixtures/garden-game.ts'
import { converge } from '../arbitraries/converge.ts'
import { trials } from '../arbitraries/trials.ts'
import { runTrial } from './run-trial.ts'
import type { PlayerStep, Trial, TrialStep } from './trial.ts'
import { trialRemotes } from './trial-game.ts'

const advance = (ms: number): TrialStep => ({ kind: 'advance', ms })
const bo = (kind: PlayerStep['kind']): TrialStep => ({ kind, player: 'bo' })
const told: TrialStep = { kind: 'fireClient', player: null }
/** As pasted code that no compiler has seen. */
const stepOf = (step: unknown) => step as TrialStep
const trialOf = (...steps: readonly TrialStep[]): Trial => ({ seed: 1, players: ['ana', 'bo'], steps })

const plant = {
  kind: 'create',
  thing: 'Plant1',
  className: 'Plant',
  parent: { service: 'Workspace' },
  properties: { girth: 5_000 },
} as const

describe('a trial', () => {
  it('TA2 plays what happens to players, and tells what it went through', async () => {
    const report = await runTrial(
      trialOf(
        { kind: 'network', player: 'bo', conditions: { latencyMs: 40, loss: 0.2 } },
        bo('fireServer'),
        bo('invokeServer'),
        told,
        advance(300),
        bo('cut'),
        bo('fireServer'),
        told,
        advance(3_000),
        bo('reload'),
        advance(500),
        bo('partition'),
        told,
        advance(200),
        bo('heal'),
        bo('hide'),
        advance(500),
        bo('show'),
        { kind: 'join', player: 'cy' },
        advance(100),
        bo('leave'),
      ),
    )
    // One event of bo's is the reloaded page's, who had heard two before.
    expect(report).toMatchObject({ heardUp: 3, answers: 1, new: 3, rejoined: 1, resumed: 1 })
    expect(report.heardDown).toBe(6)
    expect(report.virtualMs).toBeGreaterThan(4_600)
  })

  it('TA17 counts what came into sight and out of it by a change of audience', async () => {
    const coin = {
      kind: 'create',
      thing: 'Folder1',
      className: 'Folder',
      parent: { service: 'Workspace' },
      visibleTo: { audience: 'north' },
    } as const
    const admit = { kind: 'admit', audience: 'north', player: 'bo' } as const
    const expel = { kind: 'expel', audience: 'north', player: 'bo' } as const
    const steps = [coin, advance(100), admit, advance(100), admit, advance(100), expel, advance(100)]
    expect((await runTrial(trialOf(...steps))).regroupings).toBe(2)
  })

  it('TA18 counts the steps behind which somebody lacked values that may skip', async () => {
    const wet = { kind: 'set', thing: 'Plant1', property: 'isWet', value: true } as const
    const steps = [plant, advance(100), bo('partition'), told, advance(100), wet, advance(100), told]
    const report = await runTrial(trialOf(...steps, bo('heal'), advance(200), told), { definition: garden })
    expect(report.skipping).toBe(3)
  })

  it('TA18 counts the changes that were told in steps, to each player', async () => {
    const wider = (value: number) => ({ kind: 'set', thing: 'Plant1', property: 'girth', value }) as const
    const steps = [plant, advance(100), wider(5_001), advance(100), wider(5_000.5), advance(100)]
    expect((await runTrial(trialOf(...steps), { definition: garden })).shifts).toBe(4)
  })

  it('TA20 counts the writes of pages over what the server owns, and ends them by what it writes', async () => {
    const girth = { thing: 'Plant1', property: 'girth' } as const
    const over = { kind: 'overwrite', player: 'bo', ...girth, value: 4_000 } as const
    const set = { kind: 'set', ...girth, value: 5_001 } as const
    const steps = [over, plant, advance(100), over, set, advance(100), over]
    expect(await runTrial(trialOf(...steps), { definition: garden })).toMatchObject({
      overwrites: 2,
      shifts: 2,
    })
  })

  it('TA2 is the same run each time', async () => {
    const [trial] = fc.sample(trials({ definition: garden, ...plots }), { seed: 3, numRuns: 1 })
    if (trial === undefined) throw new Error('there is a trial')
    expect(await runTrial(trial, { definition: garden })).toEqual(
      await runTrial(trial, { definition: garden }),
    )
  })

  it('TA3 passes over what makes no sense at its time', async () => {
    await runTrial({
      seed: 1,
      players: [],
      steps: [
        ...(
          ['leave', 'reload', 'fireServer', 'fireServerUnreliably', 'invokeServer', 'cut', 'heal'] as const
        ).map(bo),
        { kind: 'fireClient', player: 'bo' },
        { kind: 'fireClientUnreliably', player: 'bo' },
        { kind: 'destroy', thing: 'Folder1' },
      ],
    })
  })

  it.each([
    [undefined, 'cannot play a trial that lacks its seed, players or steps'],
    [{ players: [], steps: [] }, 'cannot play a trial that lacks its seed'],
    [
      trialOf(stepOf({ kind: 'advanse', ms: 1 })),
      '"advanse": there is no such kind of step. Use any of advance, join',
    ],
    [
      trialOf(advance(1), stepOf({ kind: 'explode' })),
      /no such kind[\s\S]*at step 2 of 2: \{ kind: 'explode' \}/,
    ],
    [trialOf(stepOf(null)), 'cannot take a step that has no kind'],
    [trialOf(stepOf({ kind: 'leave', plyer: 'bo' })), '"leave" with "plyer": there is no such part of it'],
    [trialOf(stepOf({ kind: 'advance' })), 'cannot take a step "advance" without "ms"'],
    [trialOf(stepOf({ kind: 'create', thing: 'A', className: 'Folder' })), 'without "parent"'],
    [trialOf({ kind: 'leave', player: '' }), /cannot let "" join: a name has 1 to 20[\s\S]*at step 1 of 1/],
    [trialOf(stepOf({ kind: 'leave', player: null })), 'cannot let null join'],
    [trialOf({ kind: 'join', player: 'Bo' }), 'there is a player of that name'],
    [{ seed: 1, players: [' '], steps: [] }, 'cannot let " " join'],
  ])('TA15 refuses what is no trial: %o', async (trial, why) => {
    await expect(runTrial(trial as Trial)).rejects.toThrow(
      expect.objectContaining({ code: 'invalidOption', message: expect.stringMatching(why) }),
    )
  })

  it('TA15 refuses options that there are not', async () => {
    const wrong = { script: [], checks: {} }
    await expect(runTrial(trialOf(), wrong)).rejects.toThrow(
      expect.objectContaining({
        code: 'invalidOption',
        message:
          'cannot play a trial with "script": there is no such option. Use any of checks, definition, limits, maxPlayers, scripts, sentinel, tickHz.',
      }),
    )
  })

  it('TA15 lets steps name players who are not in yet, and everyone', async () => {
    await runTrial({ seed: 1, players: [], steps: [bo('leave'), told, bo('join'), advance(100)] })
    await runTrial(trialOf({ kind: 'owner', thing: 'Folder1', player: null }))
  })

  it('TA8 fails where something is logged that no trial means', async () => {
    const breaking = script(({ players }) => {
      players.playerAdded.connect((player) => {
        if (player.name === 'bo') throw new Error('the script broke')
      })
    })
    await expect(runTrial(trialOf(advance(100)), { scripts: [breaking] })).rejects.toThrow(
      expect.objectContaining({
        code: 'trialFailed',
        message: expect.stringMatching(
          /the script broke[\s\S]*play the trial with checks: \{ logged: false \}/,
        ),
      }),
    )
    await expect(runTrial(trialOf(advance(100)), { scripts: [breaking] })).rejects.not.toThrow('takeLogged')
    await runTrial(trialOf(advance(100)), { scripts: [breaking], checks: { logged: false } })
  })

  it('TA8 tells what is logged before what else its end finds', async () => {
    const leaving = script(({ clock, players }) => {
      clock.after(60_000_000, () => {})
      players.playerAdded.connect(() => {
        throw new Error('the script broke')
      })
    })
    await expect(runTrial(trialOf(advance(100)), { scripts: [leaving] })).rejects.toThrow(
      /the script broke[\s\S]*still waits/,
    )
    await expect(
      runTrial(trialOf(advance(100)), { scripts: [leaving], checks: { logged: false } }),
    ).rejects.toThrow(/^the trial of seed 1 failed: .*still waits/)
  })

  it('TA13 fails where an unreliable event is heard twice', async () => {
    const repeating = script(({ remote, task }) => {
      task.delay(100, () => {
        for (let time = 0; time < 2; time += 1) remote(trialRemotes.trialShown).fireAllClients(7)
      })
    })
    await expect(runTrial(trialOf(advance(500)), { scripts: [repeating] })).rejects.toThrow(
      'heard the unreliable event 7 after 7',
    )
  })

  it('TA7 fails where a player is lost within the grace period', async () => {
    const kicking = script(({ players, task }) => {
      task.delay(1_000, () => players.getPlayerByUserId(players.getPlayers()[1]?.userId ?? '')?.kick('out'))
    })
    await expect(runTrial(trialOf(advance(500), advance(2_000)), { scripts: [kicking] })).rejects.toThrow(
      /^the trial of seed 1 failed: "bo" was .*\n {2}at step 2 of 2: \{ kind: 'advance', ms: 2000 \}$/,
    )
  })
})

describe('convergence runs', () => {
  it('TA1 tell of each trial that held', async () => {
    const seeds: number[] = []
    for (const wrong of [{ runs: 0 }, { runs: Number.NaN }, { seed: 0.5 }, { maxSteps: -1 }]) {
      await expect(converge({ runs: 1, seed: 1, ...wrong })).rejects.toMatchObject({ code: 'invalidOption' })
    }
    await converge({ runs: 3, seed: 5, maxSteps: 10, onRun: (_report, seed) => seeds.push(seed) })
    expect(seeds).toEqual([5, 6, 7])
  })

  it('TA10 reject with the seed and a shrunk regression test', async () => {
    const breaking = script(({ workspace }) => {
      workspace.childAdded.connect((child) => {
        if (child.className === 'Folder') throw new Error('no folders here')
      })
    })
    const failing = converge({
      runs: 50,
      seed: 1,
      definition: garden,
      ...plots,
      trial: { scripts: [breaking] },
    })
    await expect(failing).rejects.toThrow(
      expect.objectContaining({
        code: 'trialFailed',
        message: expect.stringMatching(
          /no folders here[\s\S]*Found by seed \d+, and shrunk to (1 step|2 steps) in \d+ runs?\.[\s\S]*await runTrial\(\{[\s\S]*className: 'Folder'[\s\S]*}, \{ definition, scripts \}\)/,
        ),
      }),
    )
  })

  it('TA11 trials shrink under fast-check too', async () => {
    const property = fc.asyncProperty(trials(), async (trial) => {
      if (trial.steps.some(({ kind }) => kind === 'reload')) throw new Error('a reload')
    })
    const { counterexample, numShrinks } = await fc.check(property, { seed: 1, numRuns: 50 })
    const [found] = counterexample ?? []
    expect(found?.steps).toMatchObject([{ kind: 'reload' }])
    // Whoever reloads may be in.
    expect(found?.players.length).toBeLessThan(2)
    expect(numShrinks).toBeLessThan(60)
  })
})
