import { type ClientTransport, createMemoryTransport, createNetwork, type Network } from '@banyan/protocol'
import type { Log } from '@banyan/server'
import { type OpenLines, watchOpenLines } from '../leaks/open-lines.ts'
import { createTestLog } from '../log/test-log.ts'
import { createSnapshotHistory, type SnapshotHistory } from '../oracle/snapshot-history.ts'
import { createVirtualTime, type VirtualTime } from '../time/virtual-time.ts'
import { createRecorder, type Recorder } from '../trace/recorder.ts'
import type { TestPlaceOptions } from './test-place-options.ts'
import { createTestServer, type TestServer } from './test-server.ts'
import { createTraffic, type Traffic } from './traffic.ts'

/** What a test place is put together from: one clock, one network, one server, and those who watch them. */
export interface Parts {
  readonly seed: number
  readonly time: VirtualTime
  readonly network: Network
  readonly server: TestServer
  /** The clients' way to the server. */
  readonly transport: ClientTransport
  readonly recorder: Recorder
  readonly traffic: Traffic
  readonly lines: OpenLines
  readonly history: SnapshotHistory
  readonly log: Log
  /** Takes out the warnings and errors so far. */
  takeLogged(): readonly string[]
}

/** Throws what a network or a place throws for options that cannot be. */
export function createParts(options: TestPlaceOptions, seed: number): Parts {
  const time = createVirtualTime()
  const { clock } = time
  const { log, take: takeLogged } = createTestLog({ onLine: (line) => recorder.addLogged(line) })
  // Past the ledger of timers, whose notes cost: closing the network cancels all of its own.
  const network = createNetwork({ clock, seed })
  const recorder = createRecorder({
    network,
    clock,
    seed,
    definition: options.definition,
    causeOf: (number) => server.place.causes.of(number),
    ...(options.recordedBytes === undefined ? {} : { maxBytes: options.recordedBytes }),
  })
  const traffic = createTraffic(network, (run) => clock.after(0, run))
  const lines = watchOpenLines(network)
  if (options.network !== undefined) network.setForAll(options.network)
  const memory = createMemoryTransport({
    schedule: traffic.schedule,
    report: (error) => log.error('a line failed', error),
  })
  const server = createTestServer({
    options,
    seed,
    clock: time.clockOf('the server'),
    log,
    transport: network.wrap(memory.server),
    onCommit(patch) {
      recorder.onCommit(patch)
      history.note()
      options.onCommit?.(patch)
    },
  })
  const history = createSnapshotHistory(() => server.place.game)
  history.note()
  return {
    seed,
    time,
    network,
    server,
    transport: memory.client,
    recorder,
    traffic,
    lines,
    history,
    log,
    takeLogged,
  }
}
