import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Server as Engine } from 'engine.io'

export interface AttachmentOptions {
  readonly engine: Engine
  /** Requests and upgrades at or below it are the engine's; everything else goes where it went before. */
  readonly path: string
}

/**
 * Puts the engine before an HTTP server's own listeners; the returned function takes it away again. Listeners that
 * were there already do not see the engine's requests, so a framework does not answer them with 404.
 */
export function attachEngine(server: Server, { engine, path }: AttachmentOptions): () => void {
  type RequestListener = (request: IncomingMessage, response: ServerResponse) => void
  const before = server.listeners('request') as RequestListener[]
  const isOurs = ({ url = '' }: IncomingMessage): boolean =>
    url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`)

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (isOurs(request)) engine.handleRequest(request as never, response)
    else for (const listener of before) listener.call(server, request, response)
  }
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (isOurs(request)) engine.handleUpgrade(request as never, socket, head)
    // With no other listener nobody would ever answer; with one, such as a dev server's, it is theirs.
    else if (server.listenerCount('upgrade') === 1) socket.destroy()
  }

  server.removeAllListeners('request')
  server.on('request', onRequest)
  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    server.off('request', onRequest)
    for (const listener of before.toReversed()) server.prependListener('request', listener)
  }
}
