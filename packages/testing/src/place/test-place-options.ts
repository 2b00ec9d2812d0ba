import type { GameDefinition, NetworkConditions } from '@banyan/protocol'
import type { PlaceOptions, Script } from '@banyan/server'
import { TestingError } from '../testing-error.ts'

/** What a test place is made of; only the definition has no default. */
export interface TestPlaceOptions
  extends Partial<
    Pick<
      PlaceOptions,
      'authenticate' | 'graceMs' | 'isDevelopment' | 'limits' | 'maxPlayers' | 'name' | 'tickHz'
    >
  > {
  readonly definition: GameDefinition
  readonly scripts?: readonly Script[]
  /** Who is in when the test begins. */
  readonly players?: readonly string[]
  /** A whole number: one seed, one run. 1 when left out. */
  readonly seed?: number
  /** Holds for everyone, later joiners too. */
  readonly network?: NetworkConditions
  /** How much of its messages a place keeps, in bytes; the oldest make room. 64 MiB when left out. */
  readonly recordedBytes?: number
  /** What is looked at when the test place ends; everything when left out. */
  readonly checks?: Partial<Checks>
}

/** What the end of a test place looks at; each finding fails the test. */
export interface Checks {
  /** Every replica is its view. */
  readonly converged: boolean
  /** Nothing was logged as a warning or an error but what `takeLogged` took. */
  readonly logged: boolean
  /** No timer, line or listener is left behind. */
  readonly leaks: boolean
  /** Nobody read real time or chance. */
  readonly realTime: boolean
}

export const allChecks: Checks = Object.freeze({ converged: true, logged: true, leaks: true, realTime: true })

/** The server cuts longer names, and makes equal ones unequal; a test's names are what they are. */
const nameLengthCap = 20

/** Throws 'invalidOption' for a seed or a player's name that no test place can have. */
export function expectSeed(seed: number): number {
  if (Number.isSafeInteger(seed)) return seed
  throw new TestingError(
    'invalidOption',
    `cannot make a test place with seed ${seed}: it is no whole number. Pass one.`,
  )
}

export function expectName(name: string, taken: ReadonlySet<string>): void {
  if (taken.has(name)) {
    throw new TestingError(
      'invalidOption',
      `cannot let "${name}" join: there is a player of that name. Use another name, or place.player("${name}").`,
    )
  }
  if (name.trim() === name && name.length > 0 && name.length <= nameLengthCap) return
  throw new TestingError(
    'invalidOption',
    `cannot let "${name}" join: a name has 1 to ${nameLengthCap} characters and no spaces around it. Use such a name.`,
  )
}
