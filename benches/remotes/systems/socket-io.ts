import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { is } from 'valibot'
import { valuePayload } from '../payloads.ts'
import type { RemotesSystem } from '../system.ts'

/** What a person writes by hand: events with JSON, checked by a schema, and acknowledgements as answers. */
export const socketIo: RemotesSystem = {
  async serve({ http, onFlood }) {
    const server = new Server(http, { transports: ['websocket'], serveClient: false })
    server.on('connection', (socket) => {
      socket.on('echo', (payload: unknown, answer: (payload: unknown) => void) => {
        if (is(valuePayload, payload)) answer({ value: payload.value })
      })
      socket.on('flood', (payload: unknown) => {
        if (is(valuePayload, payload)) onFlood(payload.value)
      })
    })
    return {
      broadcast: (text) => void server.emit('told', { text }),
      async close() {
        server.disconnectSockets(true)
      },
    }
  },
  join({ port, onBroadcast }) {
    const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
    socket.on('told', ({ text }: { text: string }) => onBroadcast(text))
    return new Promise((resolve, reject) => {
      socket.on('connect_error', reject)
      socket.on('connect', () =>
        resolve({
          async echo(value) {
            const answer: { value: number } = await socket.emitWithAck('echo', { value })
            return answer.value
          },
          flood: (value) => void socket.emit('flood', { value }),
          close: () => void socket.disconnect(),
        }),
      )
    })
  },
}
