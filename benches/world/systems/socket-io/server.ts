import { Server } from 'socket.io'
import { startBeat } from '../../../harness/beat.ts'
import type { WorldServer, WorldServerSetting } from '../../system.ts'

/** What a person writes by hand: one `emit` of the tick's changes as JSON, and the whole world to who arrives. */
export async function serveSocketIo(setting: WorldServerSetting): Promise<WorldServer> {
  const { http, entities, work, takeMoves } = setting
  const kept = entities.map((entity) => ({ ...entity }))
  const io = new Server(http, { transports: ['websocket'], serveClient: false })
  io.on('connection', (socket) => socket.emit('world', kept))
  const stop = startBeat({
    tickHz: work.tickHz,
    run() {
      const moves = takeMoves()
      if (moves.length === 0) return
      for (const { index, ...to } of moves) Object.assign(kept[index] ?? {}, to)
      io.emit('moves', moves)
    },
  })
  return {
    state: () => kept,
    async close() {
      stop()
      io.disconnectSockets(true)
    },
  }
}
