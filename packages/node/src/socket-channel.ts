import { isNativeError } from 'node:util/types'
import type { Channel, ChannelHandlers } from '@banyan/protocol'
import type { Socket } from 'socket.io'
import type { StraightLine } from './straight-line.ts'
import type { PrepareMessage } from './websocket-message.ts'

/** What the channels of a transport share. */
export interface SocketChannelOptions {
  readonly prepare: PrepareMessage
  /** Asked when the channel is made, and after an upgrade. */
  readonly straightLineOf: (connection: Socket['conn']) => StraightLine | null
  /** Gets what the handlers throw. */
  readonly report: (error: unknown) => void
  /** Hears why the line was cut, where it broke the rules of WebSockets. */
  readonly refused: (problem: string) => void
  /** Called when this end closes: what the other end has not read may never be. */
  readonly ended: (connection: Socket['conn']) => void
}

/**
 * A socket as a channel. A class, because every channel is asked at every tick: objects with getters of their own would
 * each have another shape.
 */
export class SocketChannel implements Channel {
  readonly #socket: Socket
  readonly #options: SocketChannelOptions
  #line: StraightLine | null
  /** Kept where there is no straight line that could tell. */
  #tally: Tally | null = null
  #isClosed = false
  #onFrame: ((frame: Uint8Array) => void) | null = null

  constructor(socket: Socket, options: SocketChannelOptions) {
    const { conn } = socket
    this.#socket = socket
    this.#options = options
    this.#line = options.straightLineOf(conn)
    // What began as a WebSocket is not upgraded.
    if (this.#line !== null) return
    conn.on('upgrade', () => {
      this.#line = options.straightLineOf(conn)
      if (this.#onFrame !== null) this.#line?.hear(this.#onFrame)
      // Callbacks of frames that were under way may never come, so their bytes are written off.
      this.#tally = null
    })
  }

  get bufferedBytes(): number {
    return this.#line === null ? (this.#tally?.bytes ?? 0) : this.#line.unsentBytes
  }

  send(frame: Uint8Array): void {
    if (this.#isClosed) return
    const message = this.#options.prepare(frame)
    if (message !== null && this.#line?.write(message) === true) return
    // Past socket.io, whose packet would come out of the parser as these same bytes. Where the line is no WebSocket, the
    // engine ignores the message and sends the frame.
    const prepared = message === null ? {} : { wsPreEncodedFrame: [message] }
    let sent: (() => void) | undefined
    if (this.#line === null) {
      this.#tally ??= createTally()
      sent = this.#tally.add(frame.length)
    }
    this.#socket.conn.write(frame, { compress: false, ...prepared }, sent)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket.disconnect(true)
    this.#options.ended(this.#socket.conn)
  }

  /** Connects the handlers, once the owner has given them; they hear first what came early. */
  hear(handlers: ChannelHandlers, early: readonly Uint8Array[] = []): void {
    const { conn } = this.#socket
    const { report, refused } = this.#options
    const onFrame = (frame: Uint8Array): void => {
      if (this.#isClosed) return
      try {
        handlers.onFrame(frame)
      } catch (error) {
        report(error)
      }
    }
    this.#onFrame = onFrame
    this.#line?.hear(onFrame)
    // Past socket.io too: it hands events over a turn later than a disconnection, which would lose the last ones.
    conn.on('data', (data: unknown) => {
      if (data instanceof Uint8Array) onFrame(data)
    })
    // Without a listener socket.io prints what a stranger sent.
    this.#socket.on('error', ignore)
    this.#socket.on('disconnect', (reason, description) => {
      this.#isClosed = true
      // Who says goodbye may keep the line open, which nobody would watch any more.
      conn.close()
      const breach = breachIn(description)
      if (breach !== null) refused(breach)
      queueMicrotask(() => {
        try {
          handlers.onClose(causeOf(reason, description))
        } catch (error) {
          report(error)
        }
      })
    })
    for (const frame of early) onFrame(frame)
  }
}

function ignore(): void {}

interface Tally {
  readonly bytes: number
  /** The returned function takes the bytes off again. */
  add(bytes: number): () => void
}

function createTally(): Tally {
  let total = 0
  return {
    get bytes() {
      return total
    },
    add(bytes) {
      total += bytes
      return () => {
        total -= bytes
      }
    },
  }
}

function causeOf(reason: string, description: unknown): string {
  return isNativeError(description) ? `${reason}: ${description.message}` : reason
}

/** What a stranger did to the line: a message beyond the limit, or one that is no WebSocket message; null for a lost line. */
function breachIn(description: unknown): string | null {
  // The engine keeps nothing of the error but its text.
  const problem = isNativeError(description) ? description.message : ''
  return /WebSocket frame|Max payload/.test(problem) ? problem : null
}
