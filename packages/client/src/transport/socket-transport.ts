import type { Channel, ClientTransport, ConnectHandlers } from '@banyan/protocol'
import { Socket as Engine } from 'engine.io-client'

/** Where to connect to. */
export interface SocketTransportOptions {
  /** Where the host listens, such as `https://example.org`; the page's own origin when left out. */
  readonly url?: string
  /** Gets what a handler throws. */
  readonly report: (error: unknown) => void
}

/** The path that hosts listen on. */
const path = '/banyan'

/** All that is spoken of socket.io, in text messages; every frame is one binary message. */
const greeting = '0'
const goodbye = '1'
const refusal = '4'

/**
 * A line to a socket.io server, which throws at once for a bad URL: WebSocket first, polling where a proxy forces it.
 * How long an attempt may take is the caller's business.
 */
export function createSocketTransport({ url, report }: SocketTransportOptions): ClientTransport {
  const options = { path, transports: ['websocket', 'polling'], tryAllTransports: true }
  const origin = url === undefined ? null : originOf(url)
  return {
    connect(handlers) {
      // Copied, because an engine writes into its options.
      const engine = origin === null ? new Engine({ ...options }) : new Engine(origin, { ...options })
      return openChannel(engine, handlers, report)
    },
  }
}

/** The path is the host's own, so what a URL says of one is left out. */
function originOf(url: string): string {
  if (URL.canParse(url)) return new URL(url).origin
  throw new TypeError(`cannot connect to "${url}": it is no URL. Pass one such as "https://example.org".`)
}

function openChannel(engine: Engine, handlers: ConnectHandlers, report: (error: unknown) => void): Channel {
  let phase: 'greeting' | 'open' | 'over' = 'greeting'
  let bufferedBytes = 0

  function run(handler: () => void): void {
    try {
      handler()
    } catch (error) {
      report(error)
    }
  }

  function over(cause: string): void {
    if (phase === 'over') return
    phase = 'over'
    engine.close()
    run(() => handlers.onClose(cause))
  }

  function hearText(text: unknown): void {
    const isGreeted = phase !== 'greeting'
    if (typeof text !== 'string') return over('the server sent a message that is not spoken here')
    if (!isGreeted && text.startsWith(`${greeting}{`)) {
      phase = 'open'
      return run(() => handlers.onOpen())
    }
    if (!isGreeted && text.startsWith(refusal)) {
      return over(`cannot connect: the server refuses with ${text.slice(1, 200)}`)
    }
    over(text === goodbye ? 'the server closed the line' : 'the server sent a text that is not spoken here')
  }

  engine.on('open', () => engine.write(greeting))
  engine.on('data', (data: unknown) => {
    const frame = frameOf(data)
    if (frame === null || phase === 'greeting') hearText(data)
    else if (phase === 'open') run(() => handlers.onFrame(frame))
  })
  engine.on('drain', () => {
    bufferedBytes = 0
  })
  engine.on('error', (error) => {
    if (phase === 'greeting') over(`cannot connect: ${error instanceof Error ? error.message : error}`)
  })
  engine.on('close', over)

  return {
    get bufferedBytes() {
      return bufferedBytes
    },
    send(frame) {
      if (phase !== 'open') return
      bufferedBytes += frame.length
      engine.write(frame)
    },
    close() {
      if (phase === 'over') return
      if (phase === 'open') engine.write(goodbye)
      phase = 'over'
      engine.close()
      // Handlers never run inside a call of the channel's user.
      queueMicrotask(() => run(() => handlers.onClose('closed by this end')))
    },
  }
}

/** Browsers hand over an ArrayBuffer, Node a Buffer, which is a Uint8Array; null for a text. */
function frameOf(data: unknown): Uint8Array | null {
  if (data instanceof Uint8Array) return data
  return data instanceof ArrayBuffer ? new Uint8Array(data) : null
}
