import type { ClientTransport, ConnectHandlers } from '@banyan/protocol'

/** The end of a recorded line that a real client connects to. */
export interface ReplayTransport {
  readonly transport: ClientTransport
  /** Whether the client has asked for a line and not given it up. */
  readonly isWanted: boolean
  /** Opens the line to the attempt that waits. */
  open(): void
  /** Hands over a frame; nothing happens where no line is open, since the client closed it. */
  deliver(frame: Uint8Array): void
  /** The line breaks. */
  close(cause: string): void
}

/** Opens a line when the recording does; an attempt in between waits. Hands what the client sends to `onFrame`. */
export function createReplayTransport({ onFrame }: { onFrame(frame: Uint8Array): void }): ReplayTransport {
  let handlers: ConnectHandlers | null = null
  let isOpen = false

  function drop(): ConnectHandlers | null {
    const dropped = handlers
    handlers = null
    isOpen = false
    return dropped
  }

  return {
    transport: {
      connect(connecting) {
        handlers = connecting
        isOpen = false
        return {
          bufferedBytes: 0,
          send(frame) {
            if (handlers === connecting && isOpen) onFrame(frame)
          },
          close() {
            if (handlers === connecting) drop()
          },
        }
      },
    },
    get isWanted() {
      return handlers !== null
    },
    open() {
      if (handlers === null || isOpen) return
      isOpen = true
      handlers.onOpen()
    },
    deliver(frame) {
      if (isOpen) handlers?.onFrame(frame)
    },
    close(cause) {
      if (isOpen) drop()?.onClose(cause)
    },
  }
}
