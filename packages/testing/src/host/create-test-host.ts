import { createHost } from '@banyan/node'
import { createNetwork, createSystemClock } from '@banyan/protocol'
import type { Log } from '@banyan/server'
import { leakedTimers } from '../leaks/leaks.ts'
import { TestingError } from '../testing-error.ts'
import { createHostTime } from './host-time.ts'
import { createLineWatch } from './line-watch.ts'
import type { TestHost } from './test-host.ts'
import type { TestHostOptions } from './test-host-options.ts'
import { createTestPlaces } from './test-places.ts'

const untilMs = 10_000
const stepMs = 10
/** How long a socket may take to tell that the other end closed it. */
const farewellMs = 2_000

/** Resolves once it listens; whoever makes it disposes of it, after the clients. Needs real time for its sockets. */
export async function createTestHost(options: TestHostOptions): Promise<TestHost> {
  const { places, files, seed = 1 } = options
  const time = createHostTime(options.clock ?? 'real')
  const lines = createLineWatch()
  const logged: string[] = []
  const log: Log = {
    info: () => {},
    warn: (line) => void logged.push(line),
    error: (line, cause) => void logged.push(`${line}: ${textOf(cause)}`),
  }
  const network = createNetwork({ clock: time.clockOf('the network'), seed })
  const directory = createTestPlaces({ places, seed, log, network, clockOf: time.clockOf })
  const host = await createHost({
    places: typeof places === 'function' ? directory.make : fixedPlaces(Object.keys(places), directory.make),
    port: 0,
    address: '127.0.0.1',
    clock: time.clockOf('the host'),
    log,
    stopOnSignals: false,
    // Tests end their places themselves.
    dynamic: { limit: 10_000, emptyMs: 3_600_000 },
    wrapTransport: (transport) => network.wrap(lines.wrap(transport)),
    // Pings are timed by the sockets' own clocks, which virtual time would outrun.
    ...(time.isVirtual ? { heartbeat: { intervalMs: 3_600_000, timeoutMs: 3_600_000 } } : {}),
    ...(files === undefined ? {} : { static: files }),
  })
  const { port } = host
  if (port === null)
    throw new TestingError('invalidOption', 'cannot use the host: it does not listen. Make another.')

  async function until(
    what: string,
    condition: () => boolean,
    { limitMs = untilMs }: { readonly limitMs?: number } = {},
  ): Promise<void> {
    const endMs = time.clock.now() + limitMs
    while (!condition()) {
      if (time.clock.now() >= endMs) {
        throw new TestingError(
          'didNotHappen',
          `it did not happen within ${limitMs} ms of ${time.isVirtual ? 'virtual' : 'real'} time: ${what}. Check the condition, or allow more with limitMs.`,
        )
      }
      await time.pass(stepMs)
    }
  }

  async function dispose(): Promise<void> {
    const leaks = await openLinesAtTheEnd()
    let isClosed = false
    const closing = host.close().finally(() => {
      isClosed = true
    })
    while (!isClosed) await time.pass(stepMs)
    await closing
    network.close()
    leaks.push(...leakedTimers(time.waiting(), time.clock.now()))
    if (leaks.length > 0) {
      throw new TestingError('leaked', `the test host leaks:\n${leaks.join('\n')}`)
    }
    const [first] = logged
    if (first !== undefined) {
      throw new TestingError(
        'logged',
        `the host logged what no test expected: ${logged.join('\n')}\nCall takeLogged() for what a test means to cause.`,
      )
    }
  }

  async function openLinesAtTheEnd(): Promise<string[]> {
    const { now } = createSystemClock()
    for (const endMs = now() + farewellMs; lines.open.length > 0 && now() < endMs; ) await time.pass(stepMs)
    return lines.open.map(
      ({ player }) => `the line of ${player === null ? 'nobody yet' : `"${player}"`} is open`,
    )
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seed,
    network,
    clock: time.clock,
    isVirtual: time.isVirtual,
    get openLines() {
      return lines.open
    },
    place: directory.find,
    snapshotAt: directory.snapshotAt,
    timeline: directory.timeline,
    stopPlace: directory.stop,
    advance: time.advance,
    until,
    takeLogged: () => logged.splice(0),
    [Symbol.asyncDispose]: dispose,
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

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
