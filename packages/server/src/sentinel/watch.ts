import type { DataModel } from '@banyan/datamodel'
import { TokenBucket } from '../limits/token-bucket.ts'

/** An incident in a while is an accident; more is none that the server works for. */
const incidentRate = { perSecond: 0.1, burst: 16 }
const snapshotRate = { perSecond: 1 / 60, burst: 2 }

/** Instances that a client may let the server look at: some times all of them, and then slowly. */
const wholeTrees = 4
const leastInstances = 20_000
const instancesPerSecond = 5_000

/** What one session's client may ask of the sentinel: whoever lies about checksums gets little work out of the server. */
export interface Watch {
  /** The patch at which the client began to ask; null while nothing is wrong. */
  incidentSeq: number | null
  /** False where there were too many. */
  begin(seq: number): boolean
  /** Whether there is anything left to look at for it. */
  readonly maySpend: boolean
  spend(instances: number): void
  /** Whether it gets another snapshot. */
  takeSnapshot(): boolean
}

export function createWatch(game: DataModel): Watch {
  const { clock } = game
  const incidents = new TokenBucket(incidentRate, clock.now())
  const snapshots = new TokenBucket(snapshotRate, clock.now())
  let spent = 0
  let spentMs = clock.now()

  function settle(): void {
    const nowMs = clock.now()
    spent = Math.max(0, spent - (Math.max(0, nowMs - spentMs) * instancesPerSecond) / 1000)
    spentMs = nowMs
  }

  return {
    incidentSeq: null,
    begin(seq) {
      if (!incidents.take(clock.now())) return false
      this.incidentSeq = seq
      return true
    },
    get maySpend() {
      settle()
      return spent < Math.max(leastInstances, wholeTrees * game.snapshot.records.size)
    },
    spend(instances) {
      spent += instances
    },
    takeSnapshot: () => snapshots.take(clock.now()),
  }
}
