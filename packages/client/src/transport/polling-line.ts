import { Socket as Engine } from 'engine.io-client'
import { type Line, type LineHandlers, messageOf, path } from './line.ts'

/** Opens a line by HTTP long polling, for networks that no WebSocket passes. */
export function openPollingLine(origin: string, handlers: LineHandlers): Line {
  const engine = new Engine(origin, { path, transports: ['polling'] })
  let bufferedBytes = 0
  let isOver = false

  function end(cause: string): void {
    if (isOver) return
    isOver = true
    handlers.onEnd(cause)
  }

  engine.on('open', () => handlers.onOpen())
  engine.on('data', (data: string | ArrayBuffer | Uint8Array) => {
    if (!isOver) handlers.onMessage(messageOf(data))
  })
  engine.on('drain', () => {
    bufferedBytes = 0
  })
  engine.on('error', (error) => end(error instanceof Error ? error.message : error))
  engine.on('close', end)

  return {
    get bufferedBytes() {
      return bufferedBytes
    },
    write(message) {
      bufferedBytes += message.length
      engine.write(message)
    },
    close() {
      isOver = true
      engine.close()
    },
  }
}
