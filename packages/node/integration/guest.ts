import {
  type DownMessage,
  decodeDown,
  encodeHello,
  type GameDefinition,
  type Hello,
  protocolVersion,
} from '@banyan/protocol'
import * as parser from '@banyan/protocol/socket-parser'
import { io, type Socket } from 'socket.io-client'

/** One guest on a real socket, as far as a host's tests need it. */
export interface Guest {
  readonly messages: readonly DownMessage[]
  readonly transport: string
  /** False once the line is gone. */
  readonly isOpen: boolean
  /** The last message of that kind; null before the first. */
  last<Kind extends DownMessage['kind']>(kind: Kind): Extract<DownMessage, { readonly kind: Kind }> | null
  send(frame: Uint8Array): void
  /** Reads nothing more from the line, as a phone in a tunnel. */
  stall(): void
  /** Reads again, from where it stopped. */
  readOn(): void
  close(): void
}

export interface GuestOptions {
  readonly url: string
  readonly definition: GameDefinition
  readonly place?: string
  readonly guestKey?: string
  /** What it shows to come back to its session. */
  readonly resume?: Hello['resume']
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
    resume = null,
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
  socket.on(parser.frameEvent, (frame: Uint8Array) => {
    const decoded = decodeDown(definition, frame)
    if (!decoded.ok) throw new Error(decoded.problem)
    messages.push(decoded.value)
  })
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
    turn: 0,
    credentials: null,
    resume,
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
    last: <Kind extends DownMessage['kind']>(kind: Kind) => {
      const isOfKind = (message: DownMessage): message is Extract<DownMessage, { readonly kind: Kind }> =>
        message.kind === kind
      return messages.findLast(isOfKind) ?? null
    },
    send: (frame) => void socket.emit(parser.frameEvent, frame),
    stall: () => lineOf(socket).pause(),
    readOn: () => lineOf(socket).resume(),
    close: () => void socket.disconnect(),
  }
}

function lineOf({ io }: Socket): { pause(): void; resume(): void } {
  const { ws } = io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }
  return ws
}
