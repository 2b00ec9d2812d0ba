import { connect, type Socket } from 'node:net'

/** A WebSocket written by hand, so that everything about it may be wrong. */
export interface RawWebSocket {
  readonly isClosed: boolean
  /** What the server's closing frame said; null before it, or where there was none. */
  readonly closeCode: number | null
  /** One message; text or binary. */
  send(message: string | Uint8Array): void
  /** Bytes below the protocol. */
  write(bytes: Uint8Array | string): void
  /** Reads nothing more. */
  pause(): void
  destroy(): void
}

export interface RawWebSocketHandlers {
  onOpen(): void
  onText(text: string): void
  onFrame(frame: Uint8Array): void
  /** Once, whoever closed it. */
  onClosed(): void
}

const upgrade = [
  'GET /banyan/?EIO=4&transport=websocket HTTP/1.1',
  'Host: 127.0.0.1',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  '\r\n',
].join('\r\n')

const endOfHead = Buffer.from('\r\n\r\n')

/** Connects to the engine of a host on this machine. */
export function openRawWebSocket(port: number, handlers: RawWebSocketHandlers): RawWebSocket {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  let pending: Buffer = Buffer.alloc(0)
  let hasOpened = false
  let isClosed = false
  let closeCode: number | null = null

  function take(data: Buffer): void {
    pending = pending.length === 0 ? data : Buffer.concat([pending, data])
    if (!hasOpened && !readHead()) return
    for (let frame = readFrame(); frame !== null; frame = readFrame()) hear(frame)
  }

  function readHead(): boolean {
    const end = pending.indexOf(endOfHead)
    if (end === -1) return false
    pending = pending.subarray(end + endOfHead.length)
    hasOpened = true
    handlers.onOpen()
    return true
  }

  /** Servers do not mask. */
  function readFrame(): { readonly opcode: number; readonly payload: Buffer } | null {
    if (pending.length < 2) return null
    const short = (pending[1] ?? 0) & 0x7f
    const headLength = short === 126 ? 4 : short === 127 ? 10 : 2
    if (pending.length < headLength) return null
    const length =
      short === 126 ? pending.readUInt16BE(2) : short === 127 ? Number(pending.readBigUInt64BE(2)) : short
    if (pending.length < headLength + length) return null
    const frame = {
      opcode: (pending[0] ?? 0) & 0x0f,
      payload: pending.subarray(headLength, headLength + length),
    }
    pending = pending.subarray(headLength + length)
    return frame
  }

  function hear({ opcode, payload }: { readonly opcode: number; readonly payload: Buffer }): void {
    if (opcode === 1) handlers.onText(payload.toString())
    else if (opcode === 2) handlers.onFrame(payload)
    else if (opcode === 8) {
      closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      socket.end(messageOf(8, payload))
    }
  }

  socket.on('connect', () => socket.write(upgrade))
  socket.on('data', take)
  // Cut lines are what this is for.
  socket.on('error', () => {})
  socket.on('close', () => {
    isClosed = true
    handlers.onClosed()
  })
  return {
    get isClosed() {
      return isClosed
    },
    get closeCode() {
      return closeCode
    },
    send(message) {
      write(socket, typeof message === 'string' ? messageOf(1, Buffer.from(message)) : messageOf(2, message))
    },
    write: (bytes) => write(socket, bytes),
    pause: () => void socket.pause(),
    destroy: () => void socket.destroy(),
  }
}

function write(socket: Socket, bytes: Uint8Array | string): void {
  if (socket.writable) socket.write(bytes)
}

/** A final message under a mask of zeros, which leaves it as it is. */
function messageOf(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const message = Buffer.alloc(head + 4 + length)
  message[0] = 0x80 | opcode
  message[1] = 0x80 | (head === 2 ? length : head === 4 ? 126 : 127)
  if (head === 4) message.writeUInt16BE(length, 2)
  if (head === 10) message.writeBigUInt64BE(BigInt(length), 2)
  message.set(payload, head + 4)
  return message
}
