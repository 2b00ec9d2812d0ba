import {
  type DownMessage,
  decodeDown,
  encodeHello,
  type GameDefinition,
  protocolVersion,
} from '@banyan/protocol'
import * as parser from '@banyan/protocol/socket-parser'
import { io } from 'socket.io-client'

/** One guest on a real socket, as far as a host's tests need it. */
export interface Guest {
  readonly messages: readonly DownMessage[]
  readonly transport: string
  readonly isOpen: boolean
  send(frame: Uint8Array): void
  /** Resolves once something of the kind came, and fits the test if there is one. */
  until(kind: DownMessage['kind'], fits?: (message: DownMessage) => boolean): Promise<DownMessage>
  /** Reads nothing more from the line, as a phone in a tunnel. */
  stall(): void
  /** Resolves when the line is gone. */
  closed(): Promise<void>
  close(): void
}

export interface GuestOptions {
  readonly url: string
  readonly definition: GameDefinition
  readonly place?: string
  readonly guestKey?: string
  readonly transports?: readonly ('websocket' | 'polling')[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Connects and says hello; rejects where the host refuses the connection. */
export async function openGuest(options: GuestOptions): Promise<Guest> {
  const {
    url,
    definition,
    place = 'main',
    guestKey = 'key',
    transports = ['websocket'],
    headers = {},
  } = options
  const socket = io(url, {
    path: '/banyan',
    parser,
    transports: [...transports],
    reconnection: false,
    forceNew: true,
    upgrade: false,
    extraHeaders: { ...headers },
  })
  const messages: DownMessage[] = []
  const waits = new Set<() => void>()
  socket.on(parser.frameEvent, (frame: Uint8Array) => {
    const decoded = decodeDown(definition, frame)
    if (!decoded.ok) throw new Error(decoded.problem)
    messages.push(decoded.value)
    for (const look of waits) look()
  })
  const closed = new Promise<void>((resolve) => socket.on('disconnect', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve)
    socket.on('connect_error', reject)
  })
  const { hash: definitionHash } = definition
  const hello = {
    protocolVersion,
    definitionHash,
    place,
    guestKey,
    name: 'Ana',
    credentials: null,
    resume: null,
  }
  socket.emit(parser.frameEvent, encodeHello(hello))
  return {
    messages,
    get transport() {
      return socket.io.engine.transport.name
    },
    get isOpen() {
      return socket.connected
    },
    send: (frame) => void socket.emit(parser.frameEvent, frame),
    until: (kind, fits = () => true) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = messages.findLast((message) => message.kind === kind && fits(message))
          if (found === undefined) return
          waits.delete(look)
          resolve(found)
        }
        waits.add(look)
        look()
      }),
    stall() {
      const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void } }
      ws.pause()
    },
    closed: () => closed,
    close: () => void socket.disconnect(),
  }
}
