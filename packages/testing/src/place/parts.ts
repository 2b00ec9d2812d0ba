import { type ClientTransport, createMemoryTransport, createNetwork, type Network } from '@banyan/protocol'
import type { Log } from '@banyan/server'
import { type LineWatch, watchLines } from '../leaks/leaks.ts'
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
  readonly lines: LineWatch
  readonly history: SnapshotHistory
  readonly log: Log
  /** Warnings and errors that no test has taken. */
  readonly logged: string[]
}

/** Throws what a network or a place throws for options that cannot be. */
export function createParts(options: TestPlaceOptions, seed: number): Parts {
  const time = createVirtualTime()
  const { clock } = time
  const logged: string[] = []
  function note(line: string): void {
    logged.push(line)
    recorder.addLogged(line)
  }
  const log: Log = {
    info: () => {},
    warn: note,
    error: (line, cause) => note(`${line}: ${textOf(cause)}`),
  }
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
  const lines = watchLines(network)
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
    logged,
  }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause)
}
