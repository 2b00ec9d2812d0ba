import { WebSocket, WebSocketServer } from 'ws'
import { startBeat } from '../../harness/beat.ts'
import type { MutableEntity } from '../../world/entity.ts'
import { encodeMoves, encodeWorld } from '../../world/systems/ws/frames.ts'
import { applyPieces, departureOf, pieceOf, type Seen } from '../frames.ts'
import { cellOf, type GridWork, indexesIn } from '../grid.ts'
import type { ViewsSystem } from '../system.ts'

/** The floor: each cell's moves are encoded once, and a viewer's frame is the pieces of its cells, copied. */
export const ws: ViewsSystem = {
  async serve({ http, entities, work, cellsOf, takeTick }) {
    const kept: MutableEntity[] = entities.map((entity) => ({ ...entity }))
    const views = new Map<number, { readonly socket: WebSocket; readonly cells: Set<number> }>()
    const cellPiece = (cell: number): Buffer =>
      pieceOf(encodeWorld(indexesIn(cell, work).flatMap((index) => kept[index] ?? [])))

    const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
    sockets.on('connection', (socket, { url = '' }) => {
      const viewer = Number(url.slice(1))
      const cells = new Set(cellsOf(viewer))
      views.set(viewer, { socket, cells })
      // The work comes first, so that a client can tell cells apart.
      socket.send(JSON.stringify(work))
      socket.send(Buffer.concat(Array.from(cells, cellPiece)))
    })

    const stop = startBeat({
      tickHz: work.tickHz,
      run() {
        const { moves, steps } = takeTick()
        for (const { index, ...to } of moves) Object.assign(kept[index] ?? {}, to)
        const news = new Map<number, Buffer[]>()
        for (const { viewer, enters, leaves } of steps) {
          const cells = views.get(viewer)?.cells
          cells?.delete(leaves)
          cells?.add(enters)
          news.set(viewer, [departureOf(leaves), cellPiece(enters)])
        }
        const byCell = Map.groupBy(moves, ({ index }) => cellOf(index, work))
        const pieces = new Map(Array.from(byCell, ([cell, within]) => [cell, pieceOf(encodeMoves(within))]))
        for (const [viewer, { socket, cells }] of views) {
          const frame = news.get(viewer) ?? []
          for (const cell of cells) {
            const piece = pieces.get(cell)
            if (piece !== undefined) frame.push(piece)
          }
          if (frame.length > 0) socket.send(Buffer.concat(frame))
        }
      },
    })
    return {
      state: () => kept,
      async close() {
        stop()
        for (const socket of sockets.clients) socket.terminate()
      },
    }
  },

  join({ port, viewer }) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${viewer}`, { perMessageDeflate: false })
    const seen: Seen = []
    let work: GridWork | null = null
    return new Promise((resolve, reject) => {
      socket.on('error', reject)
      socket.on('message', (data: Buffer, isBinary) => {
        if (!isBinary) work = JSON.parse(data.toString())
        else if (work !== null) applyPieces(data, { seen, work })
        resolve({
          state: () => seen.filter((entity) => entity !== undefined),
          close: () => socket.terminate(),
        })
      })
    })
  },
}
