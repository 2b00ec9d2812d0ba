import type { Clock, Patch } from '@banyan/datamodel'
import { createSeededRandom, deriveSeed, type ServerTransport } from '@banyan/protocol'
import { createGate, createPlace, type Gate, type Log, type Place } from '@banyan/server'
import type { TestPlaceOptions } from './test-place-options.ts'

/** The server of a test place, which a test may restart. */
export interface TestServer {
  /** The run that stands now. */
  readonly place: Place
  stop(reason?: string): Promise<void>
  /** Another run with the same scripts and an empty memory. */
  start(): void
}

export interface TestServerOptions {
  readonly options: TestPlaceOptions
  readonly seed: number
  readonly clock: Clock
  readonly log: Log
  readonly transport: ServerTransport
  readonly onCommit: (patch: Patch) => void
}

/** The name under which clients ask for the one place that there is. */
export const placeName = 'main'

export function createTestServer({
  options,
  seed,
  clock,
  log,
  transport,
  onCommit,
}: TestServerOptions): TestServer {
  // What only the kit knows goes no further: a place refuses nothing, and a typo here should not pass in silence.
  const {
    players: _players,
    seed: _seed,
    network: _network,
    checks: _checks,
    recordedBytes: _recordedBytes,
    ...ofPlace
  } = options
  let runs = 0
  let run = open()

  function open(): { readonly gate: Gate; readonly place: Place } {
    runs += 1
    const random = createSeededRandom(deriveSeed(seed, 'place', String(runs)))
    // Made here and not by the gate, which would log what it throws.
    const place = createPlace({
      name: placeName,
      isDevelopment: true,
      ...ofPlace,
      clock,
      random,
      log,
      onCommit,
    })
    const gate = createGate({ places: { [placeName]: () => place }, clock, log })
    gate.place(placeName)
    gate.listen(transport)
    return { gate, place }
  }

  return {
    get place() {
      return run.place
    },
    stop: (reason) => run.gate.close(reason),
    start() {
      run = open()
    },
  }
}
