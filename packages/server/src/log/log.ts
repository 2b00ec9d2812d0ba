/** Where a place writes its lines. Must not throw; a host passes its own. */
export interface Log {
  info(line: string): void
  warn(line: string): void
  /** `cause` is what was thrown, as it was thrown. */
  error(line: string, cause: unknown): void
}

/** Writes to the console of whatever runs the place. */
export function createConsoleLog(): Log {
  return {
    info: (line) => console.info(line),
    warn: (line) => console.warn(line),
    error: (line, cause) => console.error(line, cause),
  }
}
