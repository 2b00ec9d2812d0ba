/** A call that a manual clock will make. */
export interface Timer {
  dueMs: number
  /** Of two with the same due time, the one that was set first runs first. */
  order: number
  /** Null for a timer that runs once. */
  readonly periodMs: number | null
  readonly run: () => void
  isCancelled: boolean
}

/** Timers by due time, a binary heap: adding and taking cost the logarithm of how many wait. */
export interface TimerQueue {
  add(timer: Timer): void
  /** The earliest that was not cancelled. */
  first(): Timer | null
  /** Takes the earliest out. */
  shift(): Timer | null
}

export function createTimerQueue(): TimerQueue {
  const heap: Timer[] = []

  function rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!swapIfBefore(at, parent)) return
      at = parent
    }
  }

  function sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      const [leftTimer, rightTimer] = [heap[left], heap[left + 1]]
      if (leftTimer === undefined) return
      const child = rightTimer !== undefined && isBefore(rightTimer, leftTimer) ? left + 1 : left
      if (!swapIfBefore(child, at)) return
      at = child
    }
  }

  function swapIfBefore(lower: number, upper: number): boolean {
    const [one, other] = [heap[lower], heap[upper]]
    if (one === undefined || other === undefined || !isBefore(one, other)) return false
    heap[lower] = other
    heap[upper] = one
    return true
  }

  function take(): Timer | null {
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined) return null
    if (last === first) return first
    heap[0] = last
    sink()
    return first
  }

  function first(): Timer | null {
    while (heap[0]?.isCancelled === true) take()
    return heap[0] ?? null
  }

  return {
    add(timer) {
      heap.push(timer)
      rise(heap.length - 1)
    },
    first,
    shift() {
      first()
      return take()
    },
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order)
}
