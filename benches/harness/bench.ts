import type { Target } from './verdict.ts'

/** One way to run a scenario: a size of the work, and who does it. */
export interface BenchCase<Work, System extends string> {
  readonly name: string
  readonly work: Work
  readonly systems: readonly System[]
  /** For what takes long and varies little: it runs in the first round alone. */
  readonly runsOnce?: true
}

/** A figure as the report shows it. */
export interface Column<Quantity extends string> {
  readonly quantity: Quantity
  readonly label: string
  readonly digits: number
}

/** What one run of one system gave. */
export interface Outcome<Quantity extends string> {
  /** NaN where a system or a case has no such figure. */
  readonly figures: Readonly<Record<Quantity, number>>
  /** One sentence for each client whose state is not the server's, or each count that is not what it must be. */
  readonly differences: readonly string[]
  /** What a reader has to know to take the figures for what they are. */
  readonly notes: readonly string[]
}

/** What a run is told beside its work. */
export interface RunSetting {
  /** A smoke check in seconds, whose numbers mean nothing. */
  readonly isQuick: boolean
  /** What comes before a steady run's window: servers live long, and the compiler has done most of its work by then. */
  readonly warmUpMs: number
  /** What a steady run is measured for. */
  readonly windowMs: number
  /** Processes that the clients are spread over; null for the scenario's own choice. */
  readonly processes: number | null
  /** Flags for Node in all processes. */
  readonly nodeFlags: readonly string[]
  /** Where to write a profile of the server's window, which slows it down; null for none. */
  readonly profilePath: string | null
}

/** A scenario: what is done by whom, what is measured, and what it should come to. */
export interface Bench<Work, System extends string, Quantity extends string> {
  readonly name: string
  readonly summary: string
  /** What a reader of the report has to know of the work. */
  readonly about: string
  readonly columns: readonly Column<Quantity>[]
  readonly targets: readonly Target[]
  /** Systems that cannot run yet, and what they lack. They are told of, and never given a figure. */
  readonly waits: Readonly<Partial<Record<string, string>>>
  /** Fewer and smaller when quick; `clients` overrides what a case would have. */
  cases(how: {
    readonly isQuick: boolean
    readonly clients: number | null
  }): readonly BenchCase<Work, System>[]
  /** The packages whose versions belong into the report. */
  dependenciesOf(system: System): readonly string[]
  /** Runs one system once, in fresh processes. */
  run(system: System, work: Work, setting: RunSetting): Promise<Outcome<Quantity>>
}
