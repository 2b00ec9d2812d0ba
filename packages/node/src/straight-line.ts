import { Socket as TcpSocket } from 'node:net'
import type { Socket as EngineSocket } from 'engine.io'

/**
 * The TCP line under a connection, for WebSocket messages that are whole and need nothing of the engine: its packets,
 * events and callbacks cost more than the line's own work, for each message and each line.
 */
export interface StraightLine {
  /** Writes the message behind all that was sent before; false where the engine has to do it. */
  write(message: Buffer): boolean
  /** Bytes that the kernel has not taken, and that the engine has not written yet. */
  readonly unsentBytes: number
}

/** What the engine keeps to itself: its unwritten packets, and the WebSocket in its transport. */
interface Inside {
  readonly readyState: string
  readonly writeBuffer: readonly { readonly data?: string | Uint8Array }[]
}

/** What ws keeps to itself: the line. */
interface WebSocket {
  readonly readyState: number
  readonly _socket: TcpSocket
}

const openWebSocket = 1

/**
 * Null where the connection is no WebSocket, or an engine or ws of another version keeps its things elsewhere; then all
 * goes through the engine. To be asked again when a connection has been upgraded.
 */
export function straightLineOf(connection: EngineSocket): StraightLine | null {
  const engine: object = connection
  const socket: unknown = Reflect.get(connection.transport, 'socket')
  if (!isInside(engine) || !isWebSocket(socket)) return null
  const line = socket._socket
  return {
    write(message) {
      // Nothing is compressed, so whatever left the engine's buffer has been written to the line.
      if (engine.writeBuffer.length > 0 || engine.readyState !== 'open') return false
      if (socket.readyState !== openWebSocket) return false
      line.write(message)
      return true
    },
    get unsentBytes() {
      let bytes = line.writableLength
      for (const { data } of engine.writeBuffer) bytes += data?.length ?? 0
      return bytes
    },
  }
}

function isInside(connection: object): connection is Inside {
  return Array.isArray(Reflect.get(connection, 'writeBuffer'))
}

function isWebSocket(socket: unknown): socket is WebSocket {
  if (typeof socket !== 'object' || socket === null) return false
  return (
    Reflect.get(socket, 'readyState') === openWebSocket && Reflect.get(socket, '_socket') instanceof TcpSocket
  )
}
