/** How long a soak takes, and where it tells what it sees. */
export interface SoakOptions {
  /** Some seconds instead of minutes: the checks are the same, the figures mean little. */
  readonly isQuick: boolean
  readonly seed: number
  tell(line: string): void
}

/** Everything that should not have been; empty when all is well. */
export type Findings = readonly string[]

/** One strain on real sockets, or on mounted views. */
export type Soak = (options: SoakOptions) => Promise<Findings>

export function mib(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
