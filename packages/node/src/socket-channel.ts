import { isNativeError } from 'node:util/types'
import type { Channel, ChannelHandlers } from '@banyan/protocol'
import type { Socket } from 'socket.io'
import type { WriteOptions } from './websocket-message.ts'

/** A socket as a channel, and what connects its handlers once the owner has given them. */
export interface SocketChannel {
  readonly channel: Channel
  readonly hear: (handlers: ChannelHandlers) => void
}

export interface SocketChannelOptions {
  /** Shared by the channels of a transport. */
  readonly prepare: (frame: Uint8Array) => WriteOptions
  /** Gets what the handlers throw. */
  readonly report: (error: unknown) => void
  /** Hears why the line was cut, where it broke the rules of WebSockets. */
  readonly refused: (problem: string) => void
  /** Called when this end closes: what the other end has not read may never be. */
  readonly ended: () => void
}

export function createSocketChannel(
  socket: Socket,
  { prepare, report, refused, ended }: SocketChannelOptions,
): SocketChannel {
  const { conn } = socket
  let isClosed = false
  let buffered = createTally()
  // Callbacks of frames that were under way during an upgrade may never come, so their bytes are written off.
  conn.on('upgrade', () => {
    buffered = createTally()
  })

  const channel: Channel = {
    get bufferedBytes() {
      return buffered.bytes
    },
    send(frame) {
      if (isClosed) return
      // Past socket.io, whose packet would come out of the parser as these same bytes.
      conn.write(frame, prepare(frame), buffered.add(frame.length))
    },
    close() {
      if (isClosed) return
      isClosed = true
      socket.disconnect(true)
      ended()
    },
  }

  return {
    channel,
    hear(handlers) {
      const call = (run: () => void): void => {
        try {
          run()
        } catch (error) {
          report(error)
        }
      }
      // Past socket.io too: it hands events over a turn later than a disconnection, which would lose the last ones.
      conn.on('data', (data: unknown) => {
        if (!isClosed && data instanceof Uint8Array) call(() => handlers.onFrame(data))
      })
      // Without a listener socket.io prints what a stranger sent.
      socket.on('error', () => {})
      socket.on('disconnect', (reason, description) => {
        isClosed = true
        // Who says goodbye may keep the line open, which nobody would watch any more.
        conn.close()
        const breach = breachIn(description)
        if (breach !== null) refused(breach)
        queueMicrotask(() => call(() => handlers.onClose(causeOf(reason, description))))
      })
    },
  }
}

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
