import type { Channel, ClientTransport, ConnectHandlers } from '@banyan/protocol'
import { openLine } from './fallback-line.ts'

/** Where to connect to. */
export interface SocketTransportOptions {
  /** Where the host listens, such as `https://example.org`; the page's own origin when left out. */
  readonly url?: string
  /** Gets what a handler throws. */
  readonly report: (error: unknown) => void
}

/** All that is spoken of socket.io, in text messages; every frame is one binary message. */
const greeting = '0'
const goodbye = '1'
const refusal = '4'

/**
 * A line to a socket.io server, which throws at once for a bad URL: WebSocket first, polling where a proxy forces it.
 * How long an attempt may take is the caller's business.
 */
export function createSocketTransport({ url, report }: SocketTransportOptions): ClientTransport {
  const origin = url === undefined ? null : originOf(url)
  return {
    connect: (handlers) => openChannel(origin ?? globalThis.location.origin, handlers, report),
  }
}

/** The path is the host's own, so what a URL says of one is left out. */
function originOf(url: string): string {
  if (URL.canParse(url)) return new URL(url).origin
  throw new TypeError(`cannot connect to "${url}": it is no URL. Pass one such as "https://example.org".`)
}

function openChannel(origin: string, handlers: ConnectHandlers, report: (error: unknown) => void): Channel {
  /** Frames may be sent once the line is greeted: they travel right behind the greeting, and spare a round trip. */
  let phase: 'opening' | 'greeted' | 'answered' | 'over' = 'opening'

  function run(handler: () => void): void {
    try {
      handler()
    } catch (error) {
      report(error)
    }
  }

  function isGreeted(): boolean {
    return phase === 'greeted' || phase === 'answered'
  }

  function over(cause: string): void {
    phase = 'over'
    line.close()
    run(() => handlers.onClose(cause))
  }

  function hear(message: string | Uint8Array): void {
    const isAnswered = phase === 'answered'
    if (typeof message === 'string') return isAnswered ? over(farewell(message)) : hearAnswer(message)
    if (!isAnswered) return over('the server sent a message that is not spoken here')
    run(() => handlers.onFrame(message))
  }

  function greet(): void {
    line.write(greeting)
    phase = 'greeted'
    run(() => handlers.onOpen())
  }

  function hearAnswer(text: string): void {
    if (text.startsWith(refusal)) return over(`cannot connect: the server refuses with ${text.slice(1, 200)}`)
    if (!text.startsWith(`${greeting}{`)) return over(farewell(text))
    phase = 'answered'
  }

  const line = openLine(origin, {
    onOpen: greet,
    onMessage: hear,
    onEnd: (cause) => over(phase === 'answered' ? cause : `cannot connect: ${cause}`),
  })

  return {
    get bufferedBytes() {
      return line.bufferedBytes
    },
    send(frame) {
      if (isGreeted()) line.write(frame)
    },
    close() {
      if (phase === 'over') return
      if (isGreeted()) line.write(goodbye)
      phase = 'over'
      line.close()
      // Handlers never run inside a call of the channel's user.
      queueMicrotask(() => run(() => handlers.onClose('closed by this end')))
    },
  }
}

function farewell(text: string): string {
  return text === goodbye ? 'the server closed the line' : 'the server sent a text that is not spoken here'
}
