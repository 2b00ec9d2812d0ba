import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'

/** What a hook reads: a subscription and a snapshot that changes by `===`. */
export interface Source<Snapshot> {
  readonly subscribe: (listener: () => void) => () => void
  readonly snapshot: () => Snapshot
}

/**
 * The selected part of a snapshot. Renders only when the selection changes by `isEqual`, and keeps the earlier one while
 * it is equal; an inline selector costs one call per render.
 */
export function useSelection<Snapshot, Selection>(
  source: Source<Snapshot>,
  select: (snapshot: Snapshot) => Selection,
  isEqual: (left: Selection, right: Selection) => boolean,
): Selection {
  const committed = useRef<{ readonly value: Selection } | null>(null)
  const read = useMemo(() => {
    let last: { readonly snapshot: Snapshot; readonly value: Selection } | null = null
    return () => {
      const snapshot = source.snapshot()
      if (last !== null && Object.is(last.snapshot, snapshot)) return last.value
      const fresh = select(snapshot)
      const earlier = last ?? committed.current
      const value = earlier !== null && isEqual(earlier.value, fresh) ? earlier.value : fresh
      last = { snapshot, value }
      return value
    }
  }, [source, select, isEqual])
  const value = useSyncExternalStore(source.subscribe, read, read)
  useEffect(() => {
    committed.current = { value }
  }, [value])
  return value
}
