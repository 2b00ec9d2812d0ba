/** Things in the order in which they came, the oldest of which make room. */
export interface EntryRing<Entry> {
  add(entry: Entry, bytes: number): void
  readonly entries: () => readonly Entry[]
  /** How many made room. */
  readonly missing: number
  readonly bytes: number
}

/** From how many on a gap at the front is worth a copy of the rest. */
const gapCap = 4096

/** Keeps at least the newest entry, however large it is. */
export function createEntryRing<Entry>({ maxBytes }: { readonly maxBytes: number }): EntryRing<Entry> {
  let kept: { readonly entry: Entry; readonly bytes: number }[] = []
  let head = 0
  let missing = 0
  let total = 0

  function shift(): void {
    total -= kept[head]?.bytes ?? 0
    head += 1
    missing += 1
    if (head < gapCap || head * 2 < kept.length) return
    kept = kept.slice(head)
    head = 0
  }

  return {
    add(entry, bytes) {
      kept.push({ entry, bytes })
      total += bytes
      while (total > maxBytes && kept.length - head > 1) shift()
    },
    entries: () => kept.slice(head).map(({ entry }) => entry),
    get missing() {
      return missing
    },
    get bytes() {
      return total
    },
  }
}
