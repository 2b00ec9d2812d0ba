import type { Clock, Patch, Random } from '@banyan/datamodel'
import { createSystemClock, createSystemRandom, type GameDefinition, upFrameByteCap } from '@banyan/protocol'
import { type Authenticate, identifyGuest } from '../join/identity.ts'
import { defaultLimits, type Limits } from '../limits/limits.ts'
import { createConsoleLog, type Log } from '../log/log.ts'
import type { Script } from '../scripts/script.ts'
import type { DesyncReport } from '../sentinel/desync-report.ts'
import { defaultEveryPatches, type SentinelOptions } from '../sentinel/sentinel.ts'
import { ServerError } from '../server-error.ts'

/** What a place is made of; only the definition has no default. */
export interface PlaceOptions {
  readonly definition: GameDefinition
  /** For logs and metrics; a gate finds a place by the name that it was asked for. */
  readonly name?: string
  /** Run in order when the place is made. */
  readonly scripts?: readonly Script[]
  /** Those in their grace period count. 50 when left out. */
  readonly maxPlayers?: number
  /** 10 to 60; 30 when left out. */
  readonly tickHz?: number
  readonly clock?: Clock
  readonly random?: Random
  /** How long a lost connection keeps its Player. 30 s when left out. */
  readonly graceMs?: number
  readonly limits?: Partial<Limits>
  readonly log?: Log
  /** Takes everyone as a guest when left out. */
  readonly authenticate?: Authenticate
  /** Warns about what is legal but rarely meant. */
  readonly isDevelopment?: boolean
  /** For recorders and devtools: called with each commit that has operations, before it is sent. Must not write to the tree. */
  readonly onCommit?: (patch: Patch) => void
  /** Compares what clients hold with what they should, every 150 patches when left out; false never does. */
  readonly sentinel?: SentinelOptions | false
  /** Called when the replica of a client was not what it should be, which is in the log too. */
  readonly onDesync?: (report: DesyncReport) => void
}

/** The options with every default filled in. */
export interface PlaceSettings extends Required<Omit<PlaceOptions, 'limits' | 'sentinel'>> {
  readonly limits: Limits
  readonly sentinel: Required<SentinelOptions> | false
}

/** Fills in the defaults; throws 'invalidOption' for what no place can run with. */
export function settle(options: PlaceOptions): PlaceSettings {
  const { maxPlayers = 50, tickHz = 30, graceMs = 30_000, sentinel = {} } = options
  const { everyPatches = defaultEveryPatches } = sentinel === false ? {} : sentinel
  expectBetween('sentinel.everyPatches', everyPatches, [1, 1_000_000])
  expectBetween('maxPlayers', maxPlayers, [1, 10_000])
  expectBetween('tickHz', tickHz, [10, 60])
  expectBetween('graceMs', graceMs, [0, 3_600_000])
  expectScripts(options.scripts ?? [])
  const limits = { ...defaultLimits, ...options.limits }
  // Clients fill frames up to the cap, and repeat a refused one at each resume.
  expectBetween('limits.frameBytes', limits.frameBytes, [upFrameByteCap, 256 * 1024])
  // Nobody would ever have a whole snapshot, or room for a frame.
  expectBetween('limits.snapshotInstances', limits.snapshotInstances, [1, 65_536])
  expectBetween('limits.unsentBytes', limits.unsentBytes, [0, limits.unreadBytes])
  return {
    definition: options.definition,
    name: options.name ?? 'place',
    scripts: options.scripts ?? [],
    maxPlayers,
    tickHz,
    graceMs,
    clock: options.clock ?? createSystemClock(),
    random: options.random ?? createSystemRandom(),
    limits,
    log: options.log ?? createConsoleLog(),
    authenticate: options.authenticate ?? identifyGuest,
    isDevelopment: options.isDevelopment ?? false,
    onCommit: options.onCommit ?? (() => {}),
    sentinel: sentinel === false ? false : { everyPatches },
    onDesync: options.onDesync ?? (() => {}),
  }
}

/** As unknown values, since they may come from plain JavaScript. */
function expectScripts(scripts: readonly unknown[]): void {
  const isScript = (each: unknown) =>
    typeof each === 'object' && each !== null && 'run' in each && typeof each.run === 'function'
  const wrong = scripts.findIndex((each) => !isScript(each))
  if (wrong === -1) return
  throw new ServerError(
    'invalidOption',
    `cannot make a place with scripts[${wrong}]: it is not what script() returns. Write script((scope) => …).`,
  )
}

function expectBetween(option: string, value: number, [least, most]: readonly [number, number]): void {
  if (value >= least && value <= most) return
  throw new ServerError(
    'invalidOption',
    `cannot make a place with ${option} "${value}": it is not between ${least} and ${most}. Choose one that is.`,
  )
}
