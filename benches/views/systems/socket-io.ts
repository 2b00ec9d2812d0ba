import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'
import { startBeat } from '../../harness/beat.ts'
import type { MutableEntity } from '../../world/entity.ts'
import type { Move } from '../../world/moves.ts'
import { indexOf } from '../frames.ts'
import { cellOf, indexesIn } from '../grid.ts'
import type { ViewsSystem } from '../system.ts'

/** What a person writes by hand: a socket.io room for each cell, and JSON. */
export const socketIo: ViewsSystem = {
  async serve({ http, entities, work, cellsOf, takeTick }) {
    const kept = entities.map((entity) => ({ ...entity }))
    const sockets = new Map<number, Socket>()
    const within = (cell: number) => indexesIn(cell, work).flatMap((index) => kept[index] ?? [])
    const server = new Server(http, { transports: ['websocket'], serveClient: false })
    server.on('connection', (socket) => {
      const viewer = Number(socket.handshake.auth['viewer'])
      sockets.set(viewer, socket)
      for (const cell of cellsOf(viewer)) void socket.join(String(cell))
      socket.emit('entered', cellsOf(viewer).flatMap(within))
    })
    const stop = startBeat({
      tickHz: work.tickHz,
      run() {
        const { moves, steps } = takeTick()
        for (const { index, ...to } of moves) Object.assign(kept[index] ?? {}, to)
        for (const { viewer, enters, leaves } of steps) {
          const socket = sockets.get(viewer)
          void socket?.leave(String(leaves))
          void socket?.join(String(enters))
          socket?.emit('left', indexesIn(leaves, work))
          socket?.emit('entered', within(enters))
        }
        const byCell = Map.groupBy(moves, ({ index }) => cellOf(index, work))
        for (const [cell, moved] of byCell) server.to(String(cell)).emit('moves', moved)
      },
    })
    return {
      state: () => kept,
      async close() {
        stop()
        server.disconnectSockets(true)
      },
    }
  },

  join({ port, viewer }) {
    const seen = new Map<number, MutableEntity>()
    const socket = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { viewer },
    })
    socket.on('left', (indexes: readonly number[]) => {
      for (const index of indexes) seen.delete(index)
    })
    socket.on('moves', (moves: readonly Move[]) => {
      for (const { index, ...to } of moves) Object.assign(seen.get(index) ?? {}, to)
    })
    return new Promise((resolve, reject) => {
      socket.on('connect_error', reject)
      socket.on('entered', (entities: readonly MutableEntity[]) => {
        for (const entity of entities) seen.set(indexOf(entity), entity)
        resolve({ state: () => [...seen.values()], close: () => void socket.disconnect() })
      })
    })
  },
}
