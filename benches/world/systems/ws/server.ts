import { WebSocketServer } from 'ws'
import { startBeat } from '../../../harness/beat.ts'
import type { MutableEntity } from '../../entity.ts'
import type { WorldServer, WorldServerSetting } from '../../system.ts'
import { encodeMoves, encodeWorld } from './frames.ts'

/** The floor: one buffer a tick, written to each client. */
export async function serveWs({ http, entities, work, takeMoves }: WorldServerSetting): Promise<WorldServer> {
  const kept: MutableEntity[] = entities.map((entity) => ({ ...entity }))
  for (const entity of kept) writePlace(entity, entity)
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
  sockets.on('connection', (socket) => socket.send(encodeWorld(kept)))
  const stop = startBeat({
    tickHz: work.tickHz,
    run() {
      const moves = takeMoves()
      if (moves.length === 0) return
      for (const move of moves) {
        const entity = kept[move.index]
        if (entity !== undefined) writePlace(entity, move)
      }
      const frame = encodeMoves(moves)
      for (const socket of sockets.clients) socket.send(frame)
    },
  })
  return {
    state: () => kept,
    async close() {
      stop()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
    },
  }
}

/** The wire has singles, so the server keeps no more. */
function writePlace(entity: MutableEntity, { x, y, z }: { x: number; y: number; z: number }): void {
  entity.x = Math.fround(x)
  entity.y = Math.fround(y)
  entity.z = Math.fround(z)
}
