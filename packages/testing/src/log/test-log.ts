import type { Log } from '@banyan/server'

export type LoggedLevel = 'warn' | 'error'

/** What was logged as warnings and errors, and nobody has taken yet. */
export interface TestLog {
  readonly log: Log
  /** Takes the lines out, in their order; those of one level, or of both. */
  take(level?: LoggedLevel): readonly string[]
}

/** Tells each line as it is logged. */
export function createTestLog({ onLine = () => {} }: { onLine?(line: string): void } = {}): TestLog {
  let logged: { readonly level: LoggedLevel; readonly line: string }[] = []

  function note(level: LoggedLevel, line: string): void {
    logged.push({ level, line })
    onLine(line)
  }

  return {
    log: {
      info: () => {},
      warn: (line) => note('warn', line),
      error: (line, cause) => note('error', `${line}: ${textOf(cause)}`),
    },
    take(level) {
      const isTaken = (each: { readonly level: LoggedLevel }) => level === undefined || each.level === level
      const taken = logged.filter(isTaken)
      logged = logged.filter((each) => !isTaken(each))
      return taken.map(({ line }) => line)
    },
  }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause)
}
