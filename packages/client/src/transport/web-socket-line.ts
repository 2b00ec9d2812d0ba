import { type Line, type LineHandlers, messageOf, path } from './line.ts'

// Engine.IO's packets on a WebSocket: a text begins with its kind, and each binary message is a frame.
const packet = Object.freeze({ open: '0', close: '1', ping: '2', pong: '3', message: '4' })

/**
 * Opens a WebSocket to a host, whose pings it answers. Silence is the caller's business. Lets go of the line at once when the
 * platform says that the network is gone.
 */
export function openWebSocketLine(origin: string, handlers: LineHandlers): Line {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${path}/?EIO=4&transport=websocket`)
  socket.binaryType = 'arraybuffer'
  let isOpen = false

  function end(cause: string): void {
    release()
    socket.close()
    handlers.onEnd(cause)
  }

  function release(): void {
    socket.onmessage = null
    socket.onclose = null
    globalThis.removeEventListener?.('offline', goOffline)
  }

  function goOffline(): void {
    end('the network is gone')
  }

  function hear(message: string | Uint8Array): void {
    if (typeof message !== 'string') return handlers.onMessage(message)
    if (message.startsWith(packet.message)) return handlers.onMessage(message.slice(1))
    if (message === packet.ping) return socket.send(packet.pong)
    if (isOpen || !message.startsWith(packet.open)) {
      return end(
        message === packet.close ? 'the server closed the line' : 'the server sent what is not spoken here',
      )
    }
    isOpen = true
    handlers.onOpen()
  }

  socket.onmessage = ({ data }) => hear(messageOf(data))
  socket.onclose = ({ code }) => end(`the WebSocket closed with ${code}`)
  globalThis.addEventListener?.('offline', goOffline)

  return {
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    write(message) {
      // Frames never lie in shared memory.
      const isWhole = typeof message === 'string'
      socket.send(isWhole ? packet.message + message : (message as Uint8Array<ArrayBuffer>))
    },
    close() {
      release()
      socket.close()
    },
  }
}
