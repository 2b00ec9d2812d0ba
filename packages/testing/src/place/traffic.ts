import type { Network } from '@banyan/protocol'

/** Whether anything travels in a test place. */
export interface Traffic {
  /** Wraps the schedule of the memory lines, to count the steps that wait in it. */
  schedule(run: () => void): void
  /** Nothing is on its way just now; what a partition holds does not count. */
  readonly isStill: boolean
  /** Nothing was on its way since the tick before the last one. */
  readonly isQuiet: boolean
  /** To be called at the end of each tick. */
  tick(): void
}

export function createTraffic(network: Network, later: (run: () => void) => void): Traffic {
  let waiting = 0
  let moved = 0
  let movedInTick = 1
  network.observe((event) => {
    if (event.kind !== 'conditions') moved += 1
  })
  const traffic: Traffic = {
    schedule(run) {
      waiting += 1
      later(() => {
        waiting -= 1
        run()
      })
    },
    get isStill() {
      return waiting === 0 && network.underWay === 0
    },
    get isQuiet() {
      return traffic.isStill && moved === 0 && movedInTick === 0
    },
    tick() {
      movedInTick = moved
      moved = 0
    },
  }
  return traffic
}
