import type { Line, LineHandlers } from './line.ts'
import { openWebSocketLine } from './web-socket-line.ts'

/** Opens a line to an origin. */
export type OpenLine = (origin: string, handlers: LineHandlers) => Line

/** What most pages never need is not in what they load first. A load that fails may fail from then on, so none is tried offline. */
async function loadPolling(): Promise<OpenLine | null> {
  if (globalThis.navigator?.onLine === false) return null
  return (await import('./polling-line.ts')).openPollingLine
}

/** Opens a WebSocket, or where none comes about polls, which is loaded then. */
export function openLine(origin: string, handlers: LineHandlers, load = loadPolling): Line {
  let isOpen = false
  let isClosed = false
  let line = webSocketLine()

  function webSocketLine(): Line | null {
    try {
      return openWebSocketLine(origin, {
        onOpen() {
          isOpen = true
          handlers.onOpen()
        },
        onMessage: handlers.onMessage,
        onEnd: (cause) => (isOpen ? handlers.onEnd(cause) : void poll(cause)),
      })
    } catch (error) {
      // Pages may be forbidden to make one.
      void poll(String(error))
      return null
    }
  }

  async function poll(cause: string): Promise<void> {
    const open = await load().catch(() => null)
    if (isClosed) return
    if (open === null) return handlers.onEnd(`${cause}, and polling could not be loaded`)
    try {
      line = open(origin, handlers)
    } catch (error) {
      handlers.onEnd(`${cause}, and polling failed: ${String(error)}`)
    }
  }

  return {
    get bufferedBytes() {
      return line?.bufferedBytes ?? 0
    },
    write: (message) => line?.write(message),
    close() {
      isClosed = true
      line?.close()
    },
  }
}
