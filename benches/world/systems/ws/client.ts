import { WebSocket } from 'ws'
import { type MutableEntity, pacemaker } from '../../entity.ts'
import type { WorldClient, WorldClientSetting } from '../../system.ts'
import { applyMoves, decodeWorld, isWorld } from './frames.ts'

/** A line that is lost is opened again after this long, until one holds. */
const retryMs = 20

/** Keeps the world as plain objects and writes each patch into them. */
export function joinWs({ port, onApplied }: WorldClientSetting): Promise<WorldClient> {
  let entities: readonly MutableEntity[] = []
  let isClosed = false
  return new Promise((resolve) => {
    let socket = open()
    function open(): WebSocket {
      const opened = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
      opened.on('message', (data: Buffer) => {
        if (isWorld(data)) entities = decodeWorld(data)
        else applyMoves(data, entities)
        onApplied(entities[pacemaker]?.y ?? 0)
        resolve(client)
      })
      // A close follows each error.
      opened.on('error', () => {})
      opened.on('close', () => {
        if (isClosed) return
        setTimeout(() => {
          if (!isClosed) socket = open()
        }, retryMs)
      })
      return opened
    }
    const client: WorldClient = {
      state: () => entities,
      close() {
        isClosed = true
        socket.terminate()
      },
    }
  })
}
