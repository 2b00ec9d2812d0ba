import * as parser from '@banyan/protocol/socket-parser'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { createEchoes, decodeFrame, encodeFrame } from '../frames.ts'
import type { RemotesSystem } from '../system.ts'

const { frameEvent } = parser

/** socket.io with Banyan's parser and nothing else: what Banyan's own line costs before Banyan does anything. */
export const bareSocketIo: RemotesSystem = {
  async serve({ http, onFlood }) {
    const server = new Server(http, { parser, transports: ['websocket'], serveClient: false })
    server.on('connection', (socket) => {
      socket.on(frameEvent, (bytes: Buffer) => {
        const frame = decodeFrame(bytes)
        if (frame.kind === 'flood') onFlood(frame.value)
        else socket.emit(frameEvent, encodeFrame(frame))
      })
    })
    return {
      broadcast: (text) => void server.emit(frameEvent, encodeFrame({ kind: 'broadcast', text })),
      async close() {
        server.disconnectSockets(true)
      },
    }
  },
  join({ port, onBroadcast }) {
    const socket = io(`http://127.0.0.1:${port}`, { parser, transports: ['websocket'], forceNew: true })
    const echoes = createEchoes((frame) => socket.emit(frameEvent, frame))
    socket.on(frameEvent, (bytes: Buffer) => {
      const frame = decodeFrame(bytes)
      if (frame.kind === 'broadcast') onBroadcast(frame.text)
      else echoes.answer(frame.value)
    })
    return new Promise((resolve, reject) => {
      socket.on('connect_error', reject)
      socket.on('connect', () =>
        resolve({
          echo: echoes.ask,
          flood: (value) => void socket.emit(frameEvent, encodeFrame({ kind: 'flood', value })),
          close: () => void socket.disconnect(),
        }),
      )
    })
  },
}
