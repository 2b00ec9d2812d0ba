import { statSync } from 'node:fs'
import { Server as NetServer } from 'node:net'
import { resolve } from 'node:path'
import { createSystemClock } from '@banyan/protocol'
import { createConsoleLog, createGate, createLineLimit, type Gate } from '@banyan/server'
import { defaultPort } from './default-port.ts'
import type { Host, HostMetrics } from './host.ts'
import type { HostOptions } from './host-options.ts'
import { attachEngine } from './http-attachment.ts'
import { type HttpListener, openHttpListener, portOf } from './http-listener.ts'
import { NodeError } from './node-error.ts'
import { stopOnSignals } from './process-signals.ts'
import { createSocketTransport, type SocketTransport } from './socket-transport.ts'
import { answerNotFound, createStaticFiles } from './static-files.ts'

/** Where clients look for a host on its server. */
const socketPath = '/banyan'

const defaultHeartbeat = { intervalMs: 5000, timeoutMs: 5000 }

/** Four times what a client may send: up to here a place says why it closes the session, beyond it the line is cut. */
const maxMessageBytes = 256 * 1024

/** Opens places to the network. Resolves once it listens; rejects with NodeError 'portInUse', naming the port. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { clock = createSystemClock(), log = createConsoleLog(), places, dynamic = {} } = options
  checkOptions(options)
  const gate = createGate({ places, clock, log, dynamic })
  const transport = openTransport(gate, { ...options, clock, log })
  let listener: HttpListener | null = null
  try {
    if (options.server === undefined) listener = await listen(options)
  } catch (error) {
    await Promise.all([gate.close(), transport.close()])
    throw error
  }
  const server = listener?.server ?? options.server
  if (server === undefined) throw new TypeError('a host has a server')
  const detach = attachEngine(server, { engine: transport.engine, path: socketPath })

  let closing: Promise<void> | null = null
  const close = (reason?: string): Promise<void> => {
    closing ??= closeAll(reason)
    return closing
  }
  async function closeAll(reason?: string): Promise<void> {
    forgetSignals()
    await gate.close(reason)
    await transport.close()
    detach()
    await listener?.close()
  }
  const handlesSignals = options.stopOnSignals ?? listener !== null
  const forgetSignals = handlesSignals ? stopOnSignals({ clock, process, stop: close }) : () => {}

  return {
    get port() {
      return portOf(server)
    },
    get url() {
      const port = portOf(server)
      const scheme = 'setSecureContext' in server ? 'https' : 'http'
      return port === null ? null : `${scheme}://localhost:${port}`
    },
    metrics: () => metricsOf(gate, transport),
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}

function openTransport(
  gate: Gate,
  options: HostOptions & Required<Pick<HostOptions, 'clock' | 'log'>>,
): SocketTransport {
  const { clock, log, origins = [], heartbeat = defaultHeartbeat, wrapTransport } = options
  const lines = createLineLimit({ clock, log })
  const transport = createSocketTransport({
    maxMessageBytes,
    origins,
    clock,
    heartbeat,
    report: (error) => log.error('a connection could not be served', error),
    refused: (problem) => lines.warn(`closed a connection as malformed: ${problem}`),
  })
  gate.listen(wrapTransport?.(transport) ?? transport)
  return transport
}

async function listen({
  port = defaultPort(process.env['PORT']),
  address,
  static: folder,
}: HostOptions): Promise<HttpListener> {
  return openHttpListener({
    port,
    ...(address === undefined ? {} : { address }),
    onRequest: folder === undefined ? answerNotFound : createStaticFiles(folder),
  })
}

function metricsOf(gate: Gate, transport: SocketTransport): HostMetrics {
  const places = Object.fromEntries([...gate.open].map(([name, { stats }]) => [name, stats]))
  const players = Object.values(places).reduce((sum, stats) => sum + stats.players, 0)
  return { connections: transport.connections, players, places }
}

function checkOptions({ server, port, address, static: folder }: HostOptions): void {
  if (server !== undefined && !(server instanceof NetServer)) {
    throw new NodeError(
      'invalidOption',
      'cannot make a host with "server": it is no HTTP server. Pass what createServer(app) or app.listen() returned, or Fastify\'s app.server.',
    )
  }
  if (folder !== undefined && !isDirectory(folder)) {
    throw new NodeError(
      'invalidOption',
      `cannot serve "${resolve(folder)}": there is no such folder. Build the pages first, or pass another path.`,
    )
  }
  if (server !== undefined && (port ?? address ?? folder) !== undefined) {
    throw new NodeError(
      'invalidOption',
      'cannot make a host with "server" and "port", "address" or "static": they belong to the server that is passed in. Leave them out.',
    )
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
