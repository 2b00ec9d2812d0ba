import { once } from 'node:events'
import { WebSocket, WebSocketServer } from 'ws'
import type { MemorySystem } from '../system.ts'

/** The floor: lines and nothing else. */
export const ws: MemorySystem = {
  async serve({ http }) {
    const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
    return {
      async close() {
        for (const socket of sockets.clients) socket.terminate()
      },
    }
  },
  async visit(port) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
    await once(socket, 'open')
    return { leave: () => socket.close() }
  },
}
