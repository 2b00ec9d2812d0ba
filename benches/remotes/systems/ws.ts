import { WebSocket, WebSocketServer } from 'ws'
import { createEchoes, decodeFrame, encodeFrame } from '../frames.ts'
import type { RemotesSystem } from '../system.ts'

/** The floor: nine bytes each way, believed as they come. */
export const ws: RemotesSystem = {
  async serve({ http, onFlood }) {
    const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
    sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        const frame = decodeFrame(data)
        if (frame.kind === 'flood') onFlood(frame.value)
        else socket.send(encodeFrame(frame))
      })
    })
    return {
      broadcast(text) {
        const frame = encodeFrame({ kind: 'broadcast', text })
        for (const socket of sockets.clients) socket.send(frame)
      },
      async close() {
        for (const socket of sockets.clients) socket.terminate()
      },
    }
  },
  join({ port, onBroadcast }) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
    const echoes = createEchoes((frame) => socket.send(frame))
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(data)
      if (frame.kind === 'broadcast') onBroadcast(frame.text)
      else echoes.answer(frame.value)
    })
    return new Promise((resolve, reject) => {
      socket.on('error', reject)
      socket.on('open', () =>
        resolve({
          echo: echoes.ask,
          flood: (value) => socket.send(encodeFrame({ kind: 'flood', value })),
          close: () => socket.terminate(),
        }),
      )
    })
  },
}
