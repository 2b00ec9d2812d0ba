import {
  bool,
  Configuration,
  defineClass,
  defineGame,
  defineRemotes,
  float,
  int,
  Model,
  oneOf,
  string,
  toClient,
  toServer,
} from 'banyan'
import * as v from 'valibot'

/** The state of the place: one instance in ReplicatedStorage. Times are server time in milliseconds. */
export const Race = defineClass('Race', {
  extends: Configuration,
  properties: {
    phase: oneOf('lobby', 'countdown', 'racing', 'results'),
    startsAt: float(0),
    endsAt: float(0),
  },
})
export type Race = InstanceType<typeof Race>

/** A driver in the race, kept in Workspace from "ready" until the next lobby. Only the server writes it. */
export const Racer = defineClass('Racer', {
  extends: Model,
  properties: {
    userId: string(''),
    color: int(0),
    lap: int(0),
    standing: int(0),
    finishMs: int(0),
    visible: bool(true),
    visibleAt: float(0),
    isAway: bool(false),
  },
})
export type Racer = InstanceType<typeof Racer>

/**
 * Where a racer's car is. It lies in the Racer, and while a potion works it reaches its driver alone. On a congested line the
 * newest place counts, and those before it may skip.
 */
export const Body = defineClass('Body', {
  extends: Configuration,
  properties: {
    x: float(0, { precision: 0.01, maySkip: true }),
    y: float(0, { precision: 0.01, maySkip: true }),
    heading: float(0, { precision: 0.001, maySkip: true }),
  },
})
export type Body = InstanceType<typeof Body>

/** One line of the last race's result, under ReplicatedStorage.Results. A `finishMs` of 0 means: did not finish. */
export const Result = defineClass('Result', {
  extends: Configuration,
  properties: { userId: string(''), color: int(0), standing: int(0), finishMs: int(0), bestLapMs: int(0) },
})
export type Result = InstanceType<typeof Result>

/** An invisibility potion. It lies in a player's Backpack, which reaches its owner only. */
export const Potion = defineClass('Potion', { extends: Configuration, properties: {} })
export type Potion = InstanceType<typeof Potion>

export const remotes = defineRemotes({
  setReady: toServer(v.object({ isReady: v.boolean() })),
  startNow: toServer(v.object({})),
  steer: toServer(
    v.object({ turn: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)), isBraking: v.boolean() }),
  ),
  drinkPotion: toServer(v.object({})),
  announced: toClient(v.object({ text: v.string() })),
})

export const definition = defineGame({ classes: [Race, Racer, Body, Result, Potion], remotes })
