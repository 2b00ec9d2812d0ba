import * as parser from '@banyan/protocol/socket-parser'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import type { MemorySystem } from '../system.ts'

/** socket.io with Banyan's parser and nothing else. */
export const bareSocketIo: MemorySystem = {
  async serve({ http }) {
    const server = new Server(http, { parser, transports: ['websocket'], serveClient: false })
    return {
      async close() {
        server.disconnectSockets(true)
      },
    }
  },
  visit(port) {
    const socket = io(`http://127.0.0.1:${port}`, { parser, transports: ['websocket'], forceNew: true })
    return new Promise((resolve, reject) => {
      socket.on('connect_error', reject)
      socket.on('connect', () => resolve({ leave: () => void socket.disconnect() }))
    })
  },
}
