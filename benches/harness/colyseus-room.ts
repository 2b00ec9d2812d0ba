import type { Server as HttpServer } from 'node:http'
import { matchMaker, type Room, Server } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'

/** A Colyseus server with one room of this kind and name, which is there before the first client. */
export async function openColyseusRoom(http: HttpServer, name: string, kind: new () => Room): Promise<void> {
  const transport = new WebSocketTransport({ server: http })
  const server = new Server({ transport, greet: false, gracefullyShutdown: false })
  server.define(name, kind)
  await server.listen(0, '127.0.0.1')
  await matchMaker.createRoom(name, {})
}
