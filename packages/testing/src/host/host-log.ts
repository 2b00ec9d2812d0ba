import type { Log } from '@banyan/server'

/** What was logged and nobody has taken yet. */
export interface HostLog {
  readonly log: Log
  /** Takes the lines out, in their order; those of one level, or of both. */
  take(level?: LoggedLevel): readonly string[]
}

export type LoggedLevel = 'warn' | 'error'

export function createHostLog(): HostLog {
  let logged: { readonly level: LoggedLevel; readonly line: string }[] = []
  const note = (level: LoggedLevel, line: string): void => void logged.push({ level, line })
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
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
