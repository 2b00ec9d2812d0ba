/** Where a client writes its lines. Must not throw. */
export interface ClientLog {
  warn(line: string): void
  /** `cause` is what was thrown, as it was thrown. */
  error(line: string, cause: unknown): void
}

/** Writes to the console of the page, worker or process. */
export function createConsoleLog(): ClientLog {
  return {
    warn: (line) => console.warn(line),
    error: (line, cause) => console.error(line, cause),
  }
}
