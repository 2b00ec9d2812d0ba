/**
 * What a session was not told of values that may skip. It outlives connections: what was told at last may have been lost
 * with a line, so it is remembered until the client is known to have it. Owes nothing yet when it is made.
 */
export class Arrears {
  #owedSince: number | null = null
  #since: number | null = null
  #paidSeq = 0

  /** The connection lacks such values that were written after this patch; null where it lacks none. */
  get owedSince(): number | null {
    return this.#owedSince
  }

  /** What was written after this patch may be asked for; null for nothing. */
  get since(): number | null {
    return this.#since
  }

  /** Values that were written after a patch are left out. */
  owe(seq: number): void {
    this.#owedSince ??= seq
    this.#since ??= seq
  }

  /** The client is told everything, in a frame that brings it to a patch that no earlier frame did. */
  paid(seq: number): void {
    this.#owedSince = null
    this.#paidSeq = seq
  }

  /** The client has applied a patch. */
  acknowledge(seq: number): void {
    if (seq >= this.#paidSeq) this.#since = this.#owedSince
  }

  /** The client goes on from a patch, on a new connection. */
  resume(seq: number): void {
    // Whoever has less than what came before the gap is told every patch since, as it was.
    if (this.#since === null || seq <= this.#since) {
      this.#owedSince = null
    } else if (this.#owedSince !== null || seq < this.#paidSeq) {
      this.#owedSince = this.#since
    } else {
      this.#since = null
    }
  }
}
