import { createMemoryPipe, type MemoryPipe, type PipeOptions } from './memory-pipe.ts'
import type { Channel, ChannelHandlers, ClientTransport, ServerTransport } from './transport.ts'

/** Both sides of a transport within one process: many servers and clients side by side need one each. */
export interface MemoryTransport {
  readonly server: ServerTransport
  readonly client: ClientTransport
}

export interface MemoryTransportOptions {
  /** Decides when the next step of a line runs; a microtask when left out. Order holds under any schedule. */
  readonly schedule?: (run: () => void) => void
  /** Gets what a handler throws; the console when left out. */
  readonly report?: (error: unknown) => void
}

/** Carries copies of frames in order, and never calls a handler from within a call of its user. */
export function createMemoryTransport(options: MemoryTransportOptions = {}): MemoryTransport {
  const pipeOptions: PipeOptions = {
    // Wrapped, because browsers refuse to call it as a method of another object.
    schedule: options.schedule ?? ((run) => queueMicrotask(run)),
    report: options.report ?? ((error) => console.error(error)),
  }
  let accept: ((channel: Channel) => ChannelHandlers) | null = null

  return {
    server: {
      listen(onChannel) {
        accept = onChannel
        return () => {
          if (accept === onChannel) accept = null
        }
      },
    },
    client: {
      connect(handlers) {
        let atServer: ChannelHandlers | null = null
        const up = createMemoryPipe(pipeOptions, () => atServer)
        const down = createMemoryPipe(pipeOptions, () => handlers)
        let isOpen = false
        let isClosed = false

        const open = (): void => {
          if (isClosed) return
          if (accept === null) return down.cut('refused: nobody listens')
          try {
            atServer = accept(createEnd(down, up))
          } catch (error) {
            down.cut('refused: the server failed')
            return pipeOptions.report(error)
          }
          isOpen = true
          try {
            handlers.onOpen()
          } catch (error) {
            pipeOptions.report(error)
          }
        }
        pipeOptions.schedule(open)

        const end = createEnd(up, down)
        return {
          get bufferedBytes() {
            return end.bufferedBytes
          },
          send(frame) {
            if (isOpen) end.send(frame)
          },
          close() {
            isClosed = true
            end.close()
          },
        }
      },
    },
  }
}

function createEnd(outgoing: MemoryPipe, incoming: MemoryPipe): Channel {
  let isClosed = false
  return {
    get bufferedBytes() {
      return outgoing.bufferedBytes
    },
    send(frame) {
      if (!isClosed) outgoing.push(frame)
    },
    close() {
      if (isClosed) return
      isClosed = true
      outgoing.end('closed by the other end')
      incoming.cut('closed by this end')
    },
  }
}
