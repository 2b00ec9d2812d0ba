import { createHost } from '@banyan/node'
import { createNetwork } from '@banyan/protocol'
import { createTestLog } from '../log/test-log.ts'
import { TestingError } from '../testing-error.ts'
import { endTestHost } from './end-test-host.ts'
import { createHostTime } from './host-time.ts'
import { createLineWatch } from './line-watch.ts'
import { watchSockets } from './socket-watch.ts'
import type { TestHost } from './test-host.ts'
import type { TestHostOptions } from './test-host-options.ts'
import { createTestPlaces } from './test-places.ts'
import { until, untilIn } from './until.ts'

/** Resolves once it listens; whoever makes it disposes of it, after the clients. Needs real time for its sockets. */
export async function createTestHost(options: TestHostOptions): Promise<TestHost> {
  const { places, files, seed = 1, clock = 'real' } = options
  const time = createHostTime(clock)
  const lines = createLineWatch()
  const sockets = watchSockets()
  const logged = createTestLog()
  const { log } = logged
  const network = createNetwork({
    clock: time.clockOf('the network'),
    seed,
    report: (error) => log.error('a line failed', error),
  })
  const directory = createTestPlaces({ places, seed, log, network, clockOf: time.clockOf })
  const host = await createHost({
    places: typeof places === 'function' ? directory.make : fixedPlaces(Object.keys(places), directory.make),
    ...(options.host?.server === undefined ? { port: 0, address: '127.0.0.1' } : {}),
    clock: time.clockOf('the host'),
    log,
    stopOnSignals: false,
    // Tests end their places themselves.
    dynamic: { limit: 10_000, emptyMs: 3_600_000 },
    wrapTransport: (transport) => network.wrap(lines.wrap(transport)),
    // Pings are timed by the sockets' own clocks, which virtual time would outrun.
    ...(time.isVirtual ? { heartbeat: { intervalMs: 3_600_000, timeoutMs: 3_600_000 } } : {}),
    ...(files === undefined ? {} : { static: files }),
    ...options.host,
  }).catch((error: unknown) => {
    sockets.stop()
    throw error
  })
  const waiting = time.movesInWaiting ? untilIn(time) : until
  let knownPort: number | null = null

  /** It stays the host's own when that has closed. */
  function findPort(): number | null {
    knownPort ??= host.port
    return knownPort
  }

  function port(): number {
    const found = findPort()
    if (found !== null) return found
    throw new TestingError(
      'invalidOption',
      'cannot tell the port of the test host: the server that it is attached to does not listen. Let it listen first.',
    )
  }

  findPort()
  return {
    get url() {
      return `http://127.0.0.1:${port()}`
    },
    get port() {
      return port()
    },
    seed,
    server: host,
    network,
    clock: time.clock,
    isVirtual: time.isVirtual,
    log,
    get openLines() {
      return lines.open
    },
    get timers() {
      return time.waiting()
    },
    place: directory.find,
    snapshotAt: directory.snapshotAt,
    timeline: directory.timeline,
    stopPlace: directory.stop,
    advance: time.advance,
    until: (what, condition, how) =>
      waiting(
        what,
        () => {
          if (clock === 'still') directory.step()
          return condition()
        },
        how,
      ),
    takeLogged: logged.take,
    [Symbol.asyncDispose]: () =>
      endTestHost({ host, lines, logged, network, port: findPort(), sockets, time }),
  }
}

function fixedPlaces<Made>(
  names: readonly string[],
  make: (name: string) => Made | null,
): Record<string, () => Made> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        const place = make(name)
        if (place === null) throw new TestingError('unknownPlace', `cannot make the place "${name}".`)
        return place
      },
    ]),
  )
}
