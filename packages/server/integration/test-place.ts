import {
  createManualClock,
  createMemoryTransport,
  createSeededRandom,
  type GameDefinition,
  type ManualClock,
} from '@banyan/protocol'
import { createGate, type Gate } from '../src/gate/gate.ts'
import type { Log } from '../src/log/log.ts'
import { createPlace } from '../src/place/create-place.ts'
import type { Place } from '../src/place/place.ts'
import type { PlaceOptions } from '../src/place/place-options.ts'
import { TestClient, type TestHello } from './test-client.ts'

type TestPlaceOptions = Partial<PlaceOptions> & { readonly definition: GameDefinition }

/** What a test holds of a place. */
export interface TestPlace {
  readonly clock: ManualClock
  readonly gate: Gate
  readonly log: RecordingLog
  readonly place: Place
  /** Has not connected yet. */
  readonly newClient: () => TestClient
  /** Carries everything that is under way, and lets promises run. */
  readonly settle: () => Promise<void>
  /** A client that was welcomed, unless the place refuses it. */
  readonly join: (hello?: TestHello) => Promise<TestClient>
  /** One tick, and everything that it sends. */
  readonly tick: () => Promise<void>
}

/** A place behind a gate on a memory transport, under a clock and a chance that the test owns. */
export function createTestPlace(options: TestPlaceOptions): TestPlace {
  const clock = createManualClock({ startMs: 1_000_000 })
  const steps: (() => void)[] = []
  const log = createRecordingLog()
  const transport = createMemoryTransport({
    schedule: (run) => steps.push(run),
    report: (error) => log.error('transport', error),
  })
  const place = createPlace({ clock, random: createSeededRandom(1), log, name: 'test', ...options })
  const gate = createGate({ places: { main: () => place }, clock, log })
  gate.listen(transport.server)

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 5; quiet += 1) {
      for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
        step()
        quiet = 0
      }
      await Promise.resolve()
    }
  }

  function newClient(): TestClient {
    return new TestClient({ transport: transport.client, definition: options.definition, clock })
  }

  return {
    clock,
    gate,
    log,
    place,
    newClient,
    settle,
    async join(hello: TestHello = {}): Promise<TestClient> {
      const name = hello.name ?? 'Ana'
      const client = newClient().connect({ name, guestKey: `${name}-key`, ...hello })
      await settle()
      return client
    },
    async tick(): Promise<void> {
      await settle()
      place.step()
      await settle()
    },
  }
}

export interface RecordingLog extends Log {
  readonly lines: string[]
  readonly errors: { readonly line: string; readonly cause: unknown }[]
}

export function createRecordingLog(): RecordingLog {
  const lines: string[] = []
  const errors: RecordingLog['errors'] = []
  return {
    lines,
    errors,
    info: (line: string) => void lines.push(line),
    warn: (line: string) => void lines.push(line),
    error: (line: string, cause: unknown) => void errors.push({ line, cause }),
  }
}
