import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** An HTTP server on loopback that a system attaches itself to; what it writes is counted where all systems meet. */
export interface CountedServer {
  readonly http: Server
  /** Opens it on a free port, which is returned; systems that insist may have done so themselves. */
  listen(): Promise<number>
  /** Handed to TCP so far, framing and heartbeats included. */
  bytesWritten(): number
  close(): Promise<void>
}

export function createCountedServer(): CountedServer {
  const http = createServer()
  const open = new Set<Socket>()
  let ofClosed = 0
  http.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => {
      open.delete(socket)
      ofClosed += socket.bytesWritten
    })
  })
  return {
    http,
    async listen() {
      if (!http.listening) {
        http.listen(0, '127.0.0.1')
        await once(http, 'listening')
      }
      return (http.address() as AddressInfo).port
    },
    bytesWritten: () => [...open].reduce((sum, socket) => sum + socket.bytesWritten, ofClosed),
    async close() {
      http.close()
      for (const socket of open) socket.destroy()
      await once(http, 'close')
    },
  }
}
