import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** The sockets that this process opens until the watch is stopped. */
export function watchSockets(): { readonly sockets: readonly Socket[]; stop(): void } {
  const sockets: Socket[] = []
  const onSocket = (message: unknown): void => {
    sockets.push((message as { readonly socket: Socket }).socket)
  }
  subscribe('net.client.socket', onSocket)
  return { sockets, stop: () => void unsubscribe('net.client.socket', onSocket) }
}

/**
 * From now on a WebSocket client hears its server's small frames alone, such as heartbeats; large ones are read and
 * dropped below it, at the cost of the reading. Sockets that speak something else are left as they are.
 */
export function deafen(socket: Socket): void {
  // HTTP clients read on demand; WebSockets of `ws` and of Node listen.
  const listeners = socket.listeners('data')
  if (listeners.length === 0 || socket.destroyed) return
  socket.removeAllListeners('data')
  const filter = createFrameFilter((bytes) => {
    for (const listener of listeners) listener.call(socket, bytes)
  })
  socket.on('data', filter)
}

/** Takes a server's WebSocket stream in chunks of any size and passes on its frames of at most 125 bytes, whole. */
export function createFrameFilter(pass: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  let dropping = 0
  return (chunk) => {
    let bytes = chunk
    for (;;) {
      const dropped = Math.min(dropping, bytes.length)
      dropping -= dropped
      bytes = rest.length === 0 ? bytes.subarray(dropped) : Buffer.concat([rest, bytes])
      rest = Buffer.alloc(0)
      const size = frameSize(bytes)
      if (size === null) {
        rest = bytes
        return
      }
      if (size.payload > smallestExtended - 1) {
        dropping = size.header + size.payload
      } else if (bytes.length < size.header + size.payload) {
        rest = bytes
        return
      } else {
        pass(bytes.subarray(0, size.header + size.payload))
        bytes = bytes.subarray(size.header + size.payload)
      }
    }
  }
}

/** Lengths from here on do not fit into the header's second byte, which then tells how they are written. */
const smallestExtended = 126

/** Null where the header is not complete. Servers do not mask. */
function frameSize(bytes: Buffer): { readonly header: number; readonly payload: number } | null {
  if (bytes.length < 2) return null
  const length = bytes.readUInt8(1) & 0x7f
  if (length < smallestExtended) return { header: 2, payload: length }
  if (length === smallestExtended) {
    return bytes.length < 4 ? null : { header: 4, payload: bytes.readUInt16BE(2) }
  }
  return bytes.length < 10 ? null : { header: 10, payload: Number(bytes.readBigUInt64BE(2)) }
}
