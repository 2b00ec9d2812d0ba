import type { TraceEntry } from '../trace.ts'

/** Why things changed, by what changed and when. */
export interface CauseIndex {
  /** Commits come in their order; one of another run of the place makes it forget those of the run before. */
  add(commit: TraceEntry & { readonly kind: 'commit' }): void
  /** The last cause of this change in the commits after one and up to another; null when it is unknown. */
  causeOf(key: string, span: { readonly afterSeq: number; readonly seq: number }): string | null
}

export function createCauseIndex(): CauseIndex {
  const byKey = new Map<string, { readonly seq: number; readonly cause: string }[]>()
  let lastSeq = 0
  return {
    add({ causes, seq }) {
      if (seq <= lastSeq) byKey.clear()
      lastSeq = seq
      for (const { cause, operations } of causes) {
        for (const key of operations) {
          const known = byKey.get(key)
          if (known === undefined) byKey.set(key, [{ seq, cause }])
          else known.push({ seq, cause })
        }
      }
    },
    causeOf(key, { afterSeq, seq }) {
      const last = byKey.get(key)?.findLast((known) => known.seq <= seq)
      return last === undefined || last.seq <= afterSeq ? null : last.cause
    },
  }
}
