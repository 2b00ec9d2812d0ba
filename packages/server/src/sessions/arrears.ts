/**
 * What a session was not told of values that may skip. It outlives connections: what was told at last may have been lost
 * with a line, so it is remembered until the client is known to have it.
 */
export interface Arrears {
  /** The connection lacks such values that were written after this patch; null where it lacks none. */
  readonly owedSince: number | null
  /** What was written after this patch may be asked for; null for nothing. */
  readonly since: number | null
  /** Values that were written after a patch are left out. */
  owe(seq: number): void
  /** The client is told everything, in a frame that brings it to a patch that no earlier frame did. */
  paid(seq: number): void
  /** The client has applied a patch. */
  acknowledge(seq: number): void
  /** The client goes on from a patch, on a new connection. */
  resume(seq: number): void
}

/** Owes nothing yet. */
export function createArrears(): Arrears {
  let owedSince: number | null = null
  let since: number | null = null
  let paidSeq = 0

  return {
    get owedSince() {
      return owedSince
    },
    get since() {
      return since
    },
    owe(seq) {
      owedSince ??= seq
      since ??= seq
    },
    paid(seq) {
      owedSince = null
      paidSeq = seq
    },
    acknowledge(seq) {
      if (seq >= paidSeq) since = owedSince
    },
    resume(seq) {
      // Whoever has less than what came before the gap is told every patch since, as it was.
      if (since === null || seq <= since) {
        owedSince = null
      } else if (owedSince !== null || seq < paidSeq) {
        owedSince = since
      } else {
        since = null
      }
    },
  }
}
