import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { NodeError } from './node-error.ts'

/** An HTTP server of the host's own. */
export interface HttpListener {
  readonly server: Server
  readonly port: number
  close(): Promise<void>
}

export interface HttpListenerOptions {
  /** 0 takes any free one. */
  readonly port: number
  /** Node's default when left out: every interface. */
  readonly address?: string
  readonly onRequest: RequestListener
}

/** Resolves once it listens; rejects with 'portInUse' or 'portRefused', naming the port. */
export async function openHttpListener({
  port,
  address,
  onRequest,
}: HttpListenerOptions): Promise<HttpListener> {
  const server = createServer(onRequest)
  try {
    server.listen({ port, ...(address === undefined ? {} : { host: address }) })
    await once(server, 'listening')
  } catch (error) {
    throw listenError(port, error)
  }
  return {
    server,
    port: portOf(server) ?? port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** The TCP port that a server listens on, or null. */
export function portOf(server: Server): number | null {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : null
}

function listenError(port: number, cause: unknown): unknown {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') {
    return plain(
      new NodeError(
        'portInUse',
        `cannot listen on port "${port}": another program uses it. Stop that program or choose another port.`,
      ),
    )
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ERR_SOCKET_BAD_PORT') {
    return plain(
      new NodeError(
        'portRefused',
        `cannot listen on port "${port}": the system does not allow it here. Choose a port between 1024 and 65535.`,
      ),
    )
  }
  return cause
}

/** For the person who starts a program: no line of code is to blame, so none is shown where nobody catches it. */
function plain(error: NodeError): NodeError {
  error.stack = String(error)
  return error
}
