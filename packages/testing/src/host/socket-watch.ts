import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** The TCP sockets that servers of this process accepted. */
export interface SocketWatch {
  /** The ports of those who are connected to a server's port and never got a byte from it: they asked for nothing, or for half of something. */
  silentAt(port: number): readonly number[]
  stop(): void
}

const channel = 'net.server.socket'

/** Knows the sockets from now on, whoever's server accepts them. */
export function watchSockets(): SocketWatch {
  const open = new Set<Socket>()
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket }
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  subscribe(channel, note)
  return {
    silentAt: (port) =>
      [...open]
        .filter(({ localPort, bytesWritten }) => localPort === port && bytesWritten === 0)
        .map(({ remotePort = 0 }) => remotePort),
    stop: () => void unsubscribe(channel, note),
  }
}
