import { WebSocketServer } from 'ws'
import { startBeat } from '../../../harness/beat.ts'
import type { FanOutServer, ServerSetting } from '../../system.ts'
import { encodeMoves } from './frames.ts'

/** The floor: one buffer a tick, written to each client. */
export async function serveWs({ http, world, tickHz, takeMoves }: ServerSetting): Promise<FanOutServer> {
  const entities = world.map((entity) => ({ ...entity }))
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
  sockets.on('connection', (socket) => socket.send(JSON.stringify(entities)))
  const stop = startBeat({
    tickHz,
    run() {
      const moves = takeMoves()
      if (moves.length === 0) return
      for (const { index, x, y, z } of moves) {
        const entity = entities[index]
        if (entity === undefined) continue
        entity.x = x
        entity.y = y
        entity.z = z
      }
      const frame = encodeMoves(moves)
      for (const socket of sockets.clients) socket.send(frame)
    },
  })
  return {
    state: () => entities,
    async close() {
      stop()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}
