import type { PageNumber } from './trial-game.ts'

/** What one page of a player sent, and what it must hear. Pages end with a reload or a leave, and nothing of them is owed. */
export interface PageLedger {
  readonly number: number
  /** Numbers the page's next event, datagram or request. */
  next(kind: 'said' | 'steered' | 'asked'): PageNumber
  /** The server heard it: a problem, or null. */
  heardUp(number: number): string | null
  /** A client of the page heard it: a problem, or null. */
  heardDown(number: number): string | null
  answered(number: number): void
  /** The page was seen to be in: whatever is fired from now on reaches it. */
  arrived(): void
  readonly unheard: number
  /** What is missing once everything has arrived. */
  missing(): readonly string[]
}

export interface PageLedgerOptions {
  readonly number: number
  /** All events that were ever fired to the player, in order; grows. */
  readonly fired: readonly number[]
}

export function createPageLedger({ number, fired }: PageLedgerOptions): PageLedger {
  const sent = { said: 0, steered: 0, asked: 0 }
  const answers = new Set<number>()
  let heard = 0
  /** What was fired before the page was there is not replayed. */
  const beforePage = fired.length
  /** How many were fired when the page was seen to be in. */
  let owedFrom: number | null = null
  /** Position behind the last one heard. */
  let position: number | null = null

  return {
    number,
    next(kind) {
      sent[kind] += 1
      return [number, sent[kind]]
    },
    heardUp(got) {
      if (got !== heard + 1) return `the server heard event ${got} of page ${number} after event ${heard}`
      heard = got
      return null
    },
    heardDown(got) {
      const at = fired.indexOf(got)
      if (at < beforePage) return `heard event ${got}, which was fired before the page was there`
      if (position === null && owedFrom !== null && at > owedFrom) {
        return `heard event ${got} first, and missed ${fired.slice(owedFrom, at).join(', ')}`
      }
      if (position !== null && at !== position) {
        return `heard event ${got} after ${fired[position - 1]}, where ${fired[position] ?? 'none'} was due`
      }
      position = at + 1
      return null
    },
    answered(got) {
      answers.add(got)
    },
    arrived() {
      owedFrom ??= fired.length
    },
    get unheard() {
      return sent.said - heard + sent.asked - answers.size
    },
    missing() {
      const problems: string[] = []
      if (heard < sent.said)
        problems.push(`the server never heard event ${heard + 1} of ${sent.said} of page ${number}`)
      const next = position ?? owedFrom ?? fired.length
      if (next < fired.length)
        problems.push(`never heard event ${fired[next]}, the last being ${fired.at(-1)}`)
      const unanswered = Array.from({ length: sent.asked }, (_, index) => index + 1).filter(
        (one) => !answers.has(one),
      )
      if (unanswered.length > 0) problems.push(`got no answer to request ${unanswered.join(', ')}`)
      return problems
    },
  }
}
