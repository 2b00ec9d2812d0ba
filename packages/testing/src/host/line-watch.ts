import { type Channel, type ChannelHandlers, decodeUp, type ServerTransport } from '@banyan/protocol'

/** What went over a line since it was opened, counted at the socket, before any network conditions. */
export interface OpenLine {
  /** As the hello called the player; null before it. */
  readonly player: string | null
  readonly framesUp: number
  readonly framesDown: number
}

/** Knows the open lines of the transports that it wraps. */
export interface LineWatch {
  readonly open: readonly OpenLine[]
  wrap(transport: ServerTransport): ServerTransport
}

export function createLineWatch(): LineWatch {
  const open = new Set<OpenLine>()

  function watch(channel: Channel, onChannel: (channel: Channel) => ChannelHandlers): ChannelHandlers {
    const line: { -readonly [Key in keyof OpenLine]: OpenLine[Key] } = {
      player: null,
      framesUp: 0,
      framesDown: 0,
    }
    open.add(line)
    const handlers = onChannel({
      get bufferedBytes() {
        return channel.bufferedBytes
      },
      send(frame) {
        line.framesDown += 1
        channel.send(frame)
      },
      close: () => channel.close(),
    })
    return {
      onFrame(frame) {
        if (line.framesUp === 0) line.player = nameIn(frame)
        line.framesUp += 1
        handlers.onFrame(frame)
      },
      onClose(cause) {
        open.delete(line)
        handlers.onClose(cause)
      },
    }
  }

  return {
    get open() {
      return [...open]
    },
    wrap: (transport) => ({
      listen: (onChannel) => transport.listen((channel) => watch(channel, onChannel)),
    }),
  }
}

function nameIn(frame: Uint8Array): string | null {
  const decoded = decodeUp(frame)
  return decoded.ok && decoded.value.kind === 'hello' ? decoded.value.name : null
}
