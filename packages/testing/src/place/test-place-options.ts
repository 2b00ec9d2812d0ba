import type { GameDefinition, NetworkConditions } from '@banyan/protocol'
import type { PlaceOptions, Script } from '@banyan/server'
import { expectKnown } from '../known-options.ts'
import { valueText } from '../oracle/view-text.ts'
import { TestingError } from '../testing-error.ts'

/** What a test place is made of; only the definition has no default. */
export interface TestPlaceOptions
  extends Partial<
    Pick<
      PlaceOptions,
      | 'authenticate'
      | 'graceMs'
      | 'isDevelopment'
      | 'limits'
      | 'maxPlayers'
      | 'name'
      | 'onCommit'
      | 'onDesync'
      | 'sentinel'
      | 'tickHz'
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

const known = {
  authenticate: true,
  checks: true,
  definition: true,
  graceMs: true,
  isDevelopment: true,
  limits: true,
  maxPlayers: true,
  name: true,
  network: true,
  onCommit: true,
  onDesync: true,
  players: true,
  recordedBytes: true,
  scripts: true,
  seed: true,
  sentinel: true,
  tickHz: true,
} as const satisfies Record<keyof TestPlaceOptions, true>

/** The server cuts longer names, and makes equal ones unequal; a test's names are what they are. */
const nameLengthCap = 20

/** Throws 'invalidOption' for options that there are not, which would change nothing in silence, and for a lack of those that must be. */
export function expectOptions(options: TestPlaceOptions): void {
  // As unknown values: they may come from plain JavaScript.
  const {
    definition,
    players = [],
    scripts = [],
    checks = {},
  }: Partial<Record<string, unknown>> = { ...options }
  const cannot = 'make a test place with'
  expectKnown(Object.keys(options ?? {}), { cannot, known: Object.keys(known) })
  expectKnown(Object.keys(checks ?? {}), { cannot, what: 'check', known: Object.keys(allChecks) })
  if (typeof definition !== 'object' || definition === null || !('classNumberOf' in definition)) {
    throw invalid('cannot make a test place without a definition. Pass what defineGame returns.')
  }
  if (!Array.isArray(players))
    throw invalid('cannot let "players" join: they are no list. Pass one of names.')
  if (!Array.isArray(scripts))
    throw invalid('cannot run "scripts": they are no list. Pass one of what script() returns.')
}

/** Throws 'invalidOption' for a seed that no test place can have. */
export function expectSeed(seed: number): number {
  if (Number.isSafeInteger(seed)) return seed
  throw invalid(`cannot make a test place with seed ${valueText(seed)}: it is no whole number. Pass one.`)
}

/** Throws 'invalidOption' for a name that the server would change, or that means somebody else. */
export function expectName(name: string, taken: ReadonlySet<string>): void {
  if (typeof name !== 'string') throw invalid(`cannot let ${String(name)} join: it is no name. Pass a text.`)
  const other = [...taken].find((each) => fold(each) === fold(name))
  if (other !== undefined) {
    throw invalid(
      `cannot let "${name}" join: there is a player of that name. Use another name, or place.player("${other}").`,
    )
  }
  if (name === 'stranger') {
    throw invalid('cannot let "stranger" join: viewAs means one who is in no place by it. Use another name.')
  }
  if (name === tidy(name) && name.length > 0 && name.length <= nameLengthCap) return
  throw invalid(
    `cannot let "${name}" join: a name has 1 to ${nameLengthCap} characters, no spaces around it or in a row, and none that cannot be seen. Use such a name.`,
  )
}

// Both as the server does it, so that a player of the server is named as the one of the test.
const tidy = (name: string): string => name.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
const fold = (name: string): string => name.normalize('NFKC').toLowerCase()

const invalid = (problem: string): TestingError => new TestingError('invalidOption', problem)
