import type { Channel, ClientTransport, ConnectHandlers } from '@banyan/protocol'
import * as parser from '@banyan/protocol/socket-parser'
import { io } from 'socket.io-client'

/** Where to connect to. */
export interface SocketTransportOptions {
  /** Where the host listens, such as `https://example.org`; the page's own origin when left out. */
  readonly url?: string
  /** Gets what a handler throws. */
  readonly report: (error: unknown) => void
}

/** The path that hosts listen on. */
const path = '/banyan'

/** socket.io as a bare line, which throws at once for a bad URL: WebSocket first, polling where a proxy forces it, and no reconnection of its own. */
export function createSocketTransport({ url, report }: SocketTransportOptions): ClientTransport {
  const options = {
    path,
    parser,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
  }
  const origin = url === undefined ? null : originOf(url)
  return {
    connect: (handlers) => openChannel(origin === null ? io(options) : io(origin, options), handlers, report),
  }
}

/** A path in the URL would be taken for a socket.io namespace, hence the origin alone. */
function originOf(url: string): string {
  if (URL.canParse(url)) return new URL(url).origin
  throw new TypeError(`cannot connect to "${url}": it is no URL. Pass one such as "https://example.org".`)
}

function openChannel(
  socket: ReturnType<typeof io>,
  handlers: ConnectHandlers,
  report: (error: unknown) => void,
): Channel {
  let isOver = false
  let bufferedBytes = 0

  function run(handler: () => void): void {
    try {
      handler()
    } catch (error) {
      report(error)
    }
  }

  function over(cause: string): void {
    if (isOver) return
    isOver = true
    run(() => handlers.onClose(cause))
  }

  socket.on('connect', () => {
    socket.io.engine.on('drain', () => {
      bufferedBytes = 0
    })
    run(() => handlers.onOpen())
  })
  socket.on('connect_error', (error) => over(`cannot connect: ${error.message}`))
  socket.on('disconnect', (reason) => over(reason))
  socket.on(parser.frameEvent, (frame: Uint8Array) => {
    if (!isOver) run(() => handlers.onFrame(frame))
  })

  return {
    get bufferedBytes() {
      return bufferedBytes
    },
    send(frame) {
      if (isOver || !socket.connected) return
      bufferedBytes += frame.length
      socket.emit(parser.frameEvent, frame)
    },
    close() {
      if (isOver) return
      isOver = true
      socket.disconnect()
      // Handlers never run inside a call of the channel's user.
      queueMicrotask(() => run(() => handlers.onClose('closed by this end')))
    },
  }
}
