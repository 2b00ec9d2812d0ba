import { defineGame, type GameDefinition } from '@banyan/protocol'
import type { DesyncReport } from '@banyan/server'
import { type Cast, createCast } from '../cast/cast.ts'
import { expectKnown } from '../known-options.ts'
import { literal } from '../literal/literal.ts'
import { createSnapshotHistory } from '../oracle/snapshot-history.ts'
import { createTestPlace } from '../place/create-test-place.ts'
import type { TestPlace } from '../place/test-place.ts'
import type { TestPlaceOptions } from '../place/test-place-options.ts'
import { TestingError } from '../testing-error.ts'
import { type Actor, createActor } from './actor.ts'
import { createRolls } from './rolls.ts'
import { secretTold, type ToldOptions } from './told.ts'
import { isTreeStep, type Trial, type TrialStep } from './trial.ts'
import { expectTrial } from './trial-check.ts'
import { checksOf, endTrial } from './trial-end.ts'
import { trialDefinition, trialRemotes } from './trial-game.ts'
import { createCounts, type TrialCounts, type TrialReport } from './trial-report.ts'

/** What a trial is played on. */
export interface TrialOptions
  extends Pick<TestPlaceOptions, 'scripts' | 'tickHz' | 'limits' | 'maxPlayers' | 'checks' | 'sentinel'> {
  /** The game; only the built-in classes when left out. The trial's remotes are added to its own. */
  readonly definition?: GameDefinition
}

/** Often, so that what the sentinel says is true at every turn of a trial. */
const everyFewPatches = 3

/** The longest grace that places take: within it, nobody may be lost. */
const graceMs = 3_600_000

const known = {
  checks: true,
  definition: true,
  limits: true,
  maxPlayers: true,
  scripts: true,
  sentinel: true,
  tickHz: true,
} as const satisfies Record<keyof TrialOptions, true>

/**
 * Plays a trial on a test place of its own and checks everything on the way. Rejects with 'trialFailed', which names
 * the first thing that went wrong and the step, and with 'invalidOption' for what is no trial or no option; resolves
 * with what the trial went through.
 */
export async function runTrial(trial: Trial, options: TrialOptions = {}): Promise<TrialReport> {
  expectKnown(Object.keys(options), { cannot: 'play a trial with', known: Object.keys(known) })
  expectTrial(trial)
  const { definition = defineGame({}), tickHz = 20, checks, ...others } = options
  const counts = createCounts()
  const desyncs: string[] = []
  let made: TestPlace | null = null
  const history = createSnapshotHistory(() => place.game)
  const place = await createTestPlace({
    ...others,
    checks: checksOf(checks),
    tickHz,
    graceMs,
    definition: trialDefinition(definition),
    // Steps hide things from everyone, and write over what the server owns, without meaning anything by it.
    isDevelopment: false,
    seed: trial.seed,
    sentinel: options.sentinel ?? { everyPatches: everyFewPatches },
    onDesync: (desync) =>
      void desyncs.push(`the sentinel found a replica out of sync: ${reportWords(desync)}`),
    onCommit({ arrivals, departures }) {
      if (made === null) return
      history.note()
      if (arrivals.size + departures.size > 0) counts.regroupings += 1
    },
  })
  made = place
  history.note()
  let at = (): string => 'at the beginning'
  try {
    const startMs = place.clock.now()
    const run = createRun(place, { trial, counts, snapshotAt: history.at, desyncs })
    await run.begin()
    for (const [index, step] of trial.steps.entries()) {
      at = () => `at step ${index + 1} of ${trial.steps.length}: ${literal(step)}`
      await run.take(step)
      if (place.server.stats.skipping > 0) counts.skipping += 1
      run.expectNoProblem()
    }
    at = () => 'after the last step, when everything had arrived'
    await run.end()
    run.expectNoProblem()
    counts.virtualMs = place.clock.now() - startMs
    counts.commits = place.game.snapshot.seq
    at = () => 'when the place ended'
    await endTrial(place, checks)
    return counts
  } catch (error) {
    // What went wrong first is what matters.
    await place[Symbol.asyncDispose]().catch(() => {})
    const why = error instanceof Error ? error.message : String(error)
    throw new TestingError('trialFailed', `the trial of seed ${trial.seed} failed: ${why}\n  ${at()}`, {
      cause: error,
    })
  }
}

function createRun(
  place: TestPlace,
  {
    trial,
    counts,
    snapshotAt,
    desyncs,
  }: Pick<ToldOptions, 'snapshotAt'> & {
    readonly trial: Trial
    readonly counts: TrialCounts
    readonly desyncs: readonly string[]
  },
) {
  const problems: string[] = []
  const report = (problem: string): void => void problems.push(problem)
  const actors = new Map<string, Actor>()
  const cast: Cast = createCast(place.game)
  const rolls = createRolls(() => place.server)
  const { isEnrolled } = rolls
  let events = 0

  function actor(name: string): Actor {
    const known = actors.get(name)
    if (known !== undefined) return known
    const seat = place.invite(name, { client: { isDevelopment: false } })
    const made = createActor({ place, counts, report, isEnrolled, seat })
    actors.set(name, made)
    return made
  }

  function fire(to: string | null): void {
    events += 1
    const targets = [...actors.values()].filter(
      ({ name, player }) => player !== null && (to === null || to === name),
    )
    for (const target of targets) target.expectEvent(events)
    const remote = place.remote(trialRemotes.trialTold)
    if (to === null) return remote.fireAllClients(events)
    for (const { player } of targets) if (player !== null) remote.fireClient(player, events)
  }

  function fireUnreliably(to: string | null): void {
    events += 1
    const remote = place.remote(trialRemotes.trialShown)
    if (to === null) return remote.fireAllClients(events)
    const player = actors.get(to)?.player ?? null
    if (player !== null) remote.fireClient(player, events)
  }

  async function take(step: TrialStep): Promise<void> {
    if (isTreeStep(step)) return rolls.take(step, () => cast.apply(step))
    switch (step.kind) {
      case 'advance':
        await place.advance(step.ms)
        break
      case 'network':
        actor(step.player).seat.network.set(step.conditions)
        break
      case 'fireClient':
        fire(step.player)
        break
      case 'fireClientUnreliably':
        fireUnreliably(step.player)
        break
      case 'overwrite':
        actor(step.player).overwrite(cast.find(step.thing), step)
        break
      case 'join':
      case 'leave':
      case 'reload':
      case 'fireServer':
      case 'fireServerUnreliably':
      case 'invokeServer':
        actor(step.player)[step.kind]()
        break
      case 'hide':
      case 'show':
        actor(step.player).seat[step.kind]()
        break
      case 'cut':
      case 'block':
      case 'partition':
      case 'heal':
        actor(step.player).seat.network[step.kind]()
        break
    }
    for (const one of actors.values()) one.watch()
  }

  function listen(): void {
    place.remote(trialRemotes.trialSaid).onServerEvent.connect((player, number) => {
      actors.get(player.name)?.heard('said', number)
    })
    place.remote(trialRemotes.trialSteered).onServerEvent.connect((player, number) => {
      actors.get(player.name)?.heard('steered', number)
    })
    place.remote(trialRemotes.trialAsked).onServerInvoke = (player, number) => {
      actors.get(player.name)?.heard('asked', number)
      return number
    }
    place.server.players.playerRemoving.connect((player, reason) => {
      actors.get(player.name)?.removed(reason)
    })
  }

  function isEveryoneBack(): boolean {
    for (const one of actors.values()) one.watch()
    return [...actors.values()].every(isBack)
  }

  return {
    take,
    async begin() {
      listen()
      for (const name of trial.players) actor(name).join()
      await place.until('everyone is in', isEveryoneBack)
    },
    /** Mends everything, lets everything arrive, and looks for what is missing. */
    async end() {
      place.network.clear()
      for (const { seat } of actors.values()) seat.show()
      // Who was cut just now has to hear of it.
      await place.rest()
      await place.until('everyone is back', () => problems.length > 0 || isEveryoneBack())
      await place.settle()
      problems.push(...[...actors.values()].flatMap((one) => one.missing()))
      const { definition } = place.game
      const told = secretTold(place.recorder.trace(), {
        definition,
        snapshotAt,
        isEnrolled,
        onOperation({ kind }) {
          if (kind === 'shift') counts.shifts += 1
        },
      })
      if (told !== null) problems.push(told)
    },
    expectNoProblem() {
      const [first] = [...problems, ...desyncs]
      if (first !== undefined) throw new TestingError('trialFailed', first)
    },
  }
}

function reportWords({ player, seq, path, differences, remedy }: DesyncReport): string {
  return `"${player.name}" at patch ${seq}, ${path ?? 'nowhere'}: ${differences.join(', ')} (${remedy})`
}

function isBack({ isIn, seat }: Actor): boolean {
  return !isIn || seat.client.state.kind === 'joined'
}
