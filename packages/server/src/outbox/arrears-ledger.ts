import type { DataModel } from '@banyan/datamodel'
import { connectionOf } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { SkippedValues } from './skipped-values.ts'

/** What sessions together lack of values that may skip. */
export interface ArrearsLedger {
  /** Whether the next commit must have a number: what is owed is told under one that no client has had, also where nothing changes any more. */
  mustNumber(): boolean
  /** Forgets the values that nobody can ask for: those that were written before anybody lacked some. */
  forget(): void
}

export function createArrearsLedger({
  game,
  sessions,
  skipped,
}: {
  readonly game: DataModel
  readonly sessions: Sessions
  readonly skipped: Pick<SkippedValues, 'forget'>
}): ArrearsLedger {
  return {
    mustNumber() {
      for (const session of sessions.all()) {
        if (session.arrears.owedSince === null) continue
        const connection = connectionOf(session)
        if (connection === null || connection.channel.bufferedBytes > 0) continue
        if (!connection.isWelcomed || connection.sentSeq === game.snapshot.seq) return true
      }
      return false
    },
    forget() {
      let upTo: number | null = null
      for (const { arrears } of sessions.all()) {
        if (arrears.since !== null) upTo = Math.min(upTo ?? arrears.since, arrears.since)
      }
      skipped.forget(upTo)
    },
  }
}
