import { EventEmitter } from 'node:events'
import { Socket as TcpSocket } from 'node:net'
import type { Socket as EngineSocket } from 'engine.io'

/**
 * The TCP line under a connection, for WebSocket messages that are whole and need nothing of the engine: its packets,
 * events and callbacks cost more than the line's own work, for each message and each line.
 */
export interface StraightLine {
  /** Writes the message behind all that was sent before; false where the engine has to do it. */
  write(message: Buffer): boolean
  /**
   * Hands binary messages over as they come, past the engine. One that comes while the engine waits for a sign of life,
   * or after it has closed, is left to the engine.
   */
  hear(onFrame: (frame: Uint8Array) => void): void
  /** Bytes that the kernel has not taken, and that the engine has not written yet. */
  readonly unsentBytes: number
}

/** What the engine keeps to itself: its unwritten packets, and the WebSocket in its transport. */
interface Inside extends EventEmitter {
  readonly readyState: string
  readonly writeBuffer: readonly { readonly data?: string | Uint8Array }[]
  /** Null unless a ping waits for its answer. */
  readonly pingTimeoutTimer: unknown
}

/** What ws keeps to itself: the line. What it hands over is heard by the engine alone. */
interface WebSocket extends EventEmitter {
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
  return isInside(engine) && isWebSocket(socket) ? new EngineLine(engine, socket) : null
}

/** A class, because every line is asked at every tick: objects with getters of their own would each have another shape. */
class EngineLine implements StraightLine {
  readonly #engine: Inside
  readonly #socket: WebSocket
  readonly #line: TcpSocket

  /** False where nothing can wait to be written: then neither the engine nor the line's state is looked at, which lie far apart. */
  #mayWait = true

  constructor(engine: Inside, socket: WebSocket) {
    this.#engine = engine
    this.#socket = socket
    this.#line = socket._socket
    engine.on('packetCreate', () => {
      this.#mayWait = true
    })
  }

  write(message: Buffer): boolean {
    if (this.#mayWait && this.#isEngineBusy()) return false
    if (this.#socket.readyState !== openWebSocket) return false
    const line = this.#line
    line.write(message)
    if (line.writableLength > 0) this.#mayWait = true
    return true
  }

  /** Nothing is compressed, so whatever left the engine's buffer has been written to the line. */
  #isEngineBusy(): boolean {
    const { writeBuffer, readyState } = this.#engine
    return writeBuffer.length > 0 || readyState !== 'open'
  }

  hear(onFrame: (frame: Uint8Array) => void): void {
    const engine = this.#engine
    const socket = this.#socket
    const listeners = socket.listeners('message')
    const [toEngine] = listeners
    if (toEngine === undefined || listeners.length > 1) return
    socket.removeAllListeners('message')
    socket.on('message', (data: unknown, isBinary: boolean) => {
      const isOurs = isBinary && engine.readyState === 'open' && engine.pingTimeoutTimer === null
      if (isOurs && data instanceof Uint8Array) onFrame(data)
      else toEngine.call(socket, data, isBinary)
    })
  }

  get unsentBytes(): number {
    if (!this.#mayWait) return 0
    let bytes = this.#line.writableLength
    const { writeBuffer } = this.#engine
    for (const { data } of writeBuffer) bytes += data?.length ?? 0
    this.#mayWait = bytes > 0 || writeBuffer.length > 0
    return bytes
  }
}

function isInside(connection: object): connection is Inside {
  return (
    connection instanceof EventEmitter &&
    Array.isArray(Reflect.get(connection, 'writeBuffer')) &&
    Reflect.get(connection, 'pingTimeoutTimer') !== undefined
  )
}

function isWebSocket(socket: unknown): socket is WebSocket {
  if (!(socket instanceof EventEmitter)) return false
  return (
    Reflect.get(socket, 'readyState') === openWebSocket && Reflect.get(socket, '_socket') instanceof TcpSocket
  )
}
