import type {
  Channel,
  ChannelHandlers,
  ClientTransport,
  ConnectHandlers,
  ServerTransport,
} from './transport.ts'

/** One end of a channel that writes down what it hears; for the contract suite. */
export interface Recording {
  readonly frames: Uint8Array[]
  readonly closes: string[]
  opens: number
  /** Resolves when the condition holds; it is looked at after each thing heard. */
  until(condition: () => boolean): Promise<void>
  readonly handlers: ConnectHandlers
  /** Runs at each frame after it was written down; may throw. */
  onFrame: (frame: Uint8Array) => void
}

/** A recording that has heard nothing yet. */
export function createRecording(): Recording {
  const waits = new Set<() => void>()
  const notice = () => {
    for (const look of waits) look()
  }
  const recording: Recording = {
    frames: [],
    closes: [],
    opens: 0,
    onFrame: () => {},
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition()) return
          waits.delete(look)
          resolve()
        }
        waits.add(look)
        look()
      }),
    handlers: {
      onOpen() {
        recording.opens++
        notice()
      },
      onFrame(frame) {
        recording.frames.push(frame)
        notice()
        recording.onFrame(frame)
      },
      onClose(cause) {
        recording.closes.push(cause)
        notice()
      },
    },
  }
  return recording
}

/** Both ends of one open channel. */
export interface Line {
  readonly client: Recording & { readonly channel: Channel }
  readonly server: Recording & { readonly channel: Channel }
}

/** Listens, and opens lines one at a time. */
export function createLineOpener(transport: {
  readonly server: ServerTransport
  readonly client: ClientTransport
}): { open(): Promise<Line>; stop(): void } {
  let next: (channel: Channel) => ChannelHandlers = () => {
    throw new Error('a channel came in that nobody asked for')
  }
  const stop = transport.server.listen((channel) => next(channel))
  return {
    stop,
    async open() {
      const server = createRecording()
      const accepted = new Promise<Channel>((resolve) => {
        next = (channel) => {
          resolve(channel)
          return server.handlers
        }
      })
      const client = createRecording()
      const channel = transport.client.connect(client.handlers)
      await client.until(() => client.opens > 0)
      return {
        client: Object.assign(client, { channel }),
        server: Object.assign(server, { channel: await accepted }),
      }
    },
  }
}
