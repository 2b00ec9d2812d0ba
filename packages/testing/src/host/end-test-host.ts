import type { Host } from '@banyan/node'
import type { Network } from '@banyan/protocol'
import { leftTimers } from '../leaks/left-timers.ts'
import type { TestLog } from '../log/test-log.ts'
import { TestingError } from '../testing-error.ts'
import type { HostTime } from './host-time.ts'
import type { LineWatch } from './line-watch.ts'
import type { SocketWatch } from './socket-watch.ts'
import { until } from './until.ts'

/** What a test host is made of, for taking it apart. */
export interface HostParts {
  readonly host: Host
  readonly lines: LineWatch
  readonly logged: TestLog
  readonly network: Network
  /** Null where the host never listened. */
  readonly port: number | null
  readonly sockets: SocketWatch
  readonly time: HostTime
}

/** How long a socket may take, in real time, to tell its end. */
const farewellMs = 2000
const stepMs = 10

/** Closes everything, whatever is found, and then throws the leaks, or else what was logged. */
export async function endTestHost(parts: HostParts): Promise<void> {
  const { host, logged, network, sockets, time } = parts
  const leaks = await openAtTheEnd(parts)
  let isClosed = false
  const closing = host.close().finally(() => {
    isClosed = true
  })
  // A line that nobody closes at the other end takes time to be cut.
  while (!isClosed && time.isVirtual) await time.pass(stepMs)
  await closing
  // Sockets tell their end, and so cancel their timers, after the server has told its own.
  await settles(() => time.waiting().length === 0)
  network.close()
  sockets.stop()
  leaks.push(...leftTimers(time.waiting(), time.clock.now()))
  if (leaks.length > 0) {
    throw new TestingError('leaked', `the test host leaks:\n${leaks.join('\n')}`)
  }
  const lines = logged.take()
  if (lines.length > 0) {
    throw new TestingError(
      'logged',
      `the host logged what no test expected: ${lines.join('\n')}\nCall takeLogged() for what a test means to cause.`,
    )
  }
}

async function openAtTheEnd(parts: HostParts): Promise<string[]> {
  await settles(() => leftOpen(parts).length === 0)
  return leftOpen(parts)
}

/** Virtual time stands still meanwhile, so that it lets no timer go that leaks. */
async function settles(condition: () => boolean): Promise<void> {
  await until('the end', condition, { limitMs: farewellMs }).catch(() => {})
}

function leftOpen({ host, lines, port, sockets }: HostParts): string[] {
  const greeted = lines.open.length
  const ungreeted = host.metrics().connections - greeted
  return [
    ...lines.open.map(
      ({ player }) =>
        `the line of ${player === null ? 'nobody yet' : `"${player}"`} is open. Close what opened it.`,
    ),
    ...(ungreeted > 0 ? [`${ungreeted} connections that never greeted the host are open.`] : []),
    ...(port === null
      ? []
      : sockets
          .silentAt(port)
          .map((from) => `a socket from port ${from} is open, which the host never answered. Destroy it.`)),
  ]
}
