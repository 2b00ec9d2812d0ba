/** Things to run at a time, in order of time and then of entry. */
export interface Timetable {
  /** The returned function takes the entry out again. */
  add(dueMs: number, run: () => void): () => void
  /** Yields what is due now, leaving out what is taken out meanwhile; what is added meanwhile waits for the next call. */
  takeDue(nowMs: number): Iterable<() => void>
  clear(): void
}

interface Entry {
  readonly dueMs: number
  readonly run: () => void
  isCancelled: boolean
}

/** Sorted by insertion, because most waits are short and alike and so enter near the end. */
export function createTimetable(): Timetable {
  let entries: Entry[] = []
  return {
    add(dueMs, run) {
      const entry: Entry = { dueMs, run, isCancelled: false }
      let index = entries.length
      for (let before = entries[index - 1]; before !== undefined && before.dueMs > dueMs; ) {
        index -= 1
        before = entries[index - 1]
      }
      entries.splice(index, 0, entry)
      return () => {
        entry.isCancelled = true
        const at = entries.indexOf(entry)
        if (at !== -1) entries.splice(at, 1)
      }
    },
    *takeDue(nowMs) {
      const firstLater = entries.findIndex((entry) => entry.dueMs > nowMs)
      const due = entries.splice(0, firstLater === -1 ? entries.length : firstLater)
      for (const entry of due) if (!entry.isCancelled) yield entry.run
    },
    clear() {
      entries = []
    },
  }
}
