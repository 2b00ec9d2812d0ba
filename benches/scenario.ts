/** One folder of benches as the command line sees it. */
export interface Scenario {
  readonly summary: string
  run(options: ScenarioOptions): Promise<ScenarioReport>
}

/** What a scenario came to. */
export interface ScenarioReport {
  /** Markdown. */
  readonly text: string
  /** Each target with its bound, what was measured, and whether it was met. */
  readonly targets: readonly (readonly string[])[]
  /** False when a client did not agree with its server. */
  readonly agrees: boolean
}

/** What the command line says; null where it says nothing. */
export interface ScenarioOptions {
  /** A smoke check in seconds, whose numbers mean nothing. */
  readonly isQuick: boolean
  readonly rounds: number | null
  readonly clients: number | null
  /** Before the window of a steady run, and the window itself. */
  readonly warmUpMs: number | null
  readonly windowMs: number | null
  /** Processes that the clients are spread over. */
  readonly processes: number | null
  /** Names of systems; all when null. */
  readonly systems: readonly string[] | null
  /** Parts of the names of cases; all when null. */
  readonly cases: readonly string[] | null
  /** A folder for CPU profiles of the servers. */
  readonly profileFolder: string | null
}
