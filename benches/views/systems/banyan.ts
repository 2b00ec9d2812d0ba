import type { Player } from 'banyan'
import { createClient, createMemoryStorage } from 'banyan/client'
import { createHost } from 'banyan/node'
import { createPlace, script } from 'banyan/server'
import { defineWorld, entitiesOf, type Mover, moversOf } from '../../world/systems/banyan/definition.ts'
import { cellOf } from '../grid.ts'
import type { ViewsSystem } from '../system.ts'

const { Mover: MoverClass, definition } = defineWorld('single')

/** A named audience for each cell: what lies in it is visible to who looks there. Viewers are called by their number. */
export const banyan: ViewsSystem = {
  async serve({ http, entities, work, cellsOf, takeTick }) {
    const movers: Mover[] = []
    const showing = script(({ workspace, audiences, players, heartbeat }) => {
      const cells = Array.from({ length: work.cells }, (_, cell) => audiences.create(`cell ${cell}`))
      for (const [index, entity] of entities.entries()) {
        const visibleTo = cells[cellOf(index, work)] ?? 'nobody'
        movers.push(new MoverClass({ ...entity, visibleTo, parent: workspace }))
      }
      const viewers = new Map<number, Player>()
      players.playerAdded.connect((player) => {
        const viewer = Number(player.name)
        viewers.set(viewer, player)
        for (const cell of cellsOf(viewer)) cells[cell]?.add(player)
      })
      heartbeat.connect(() => {
        const { moves, steps } = takeTick()
        for (const { index, x, y, z } of moves) {
          const mover = movers[index]
          if (mover === undefined) continue
          mover.x = x
          mover.y = y
          mover.z = z
        }
        for (const { viewer, enters, leaves } of steps) {
          const player = viewers.get(viewer)
          if (player === undefined) continue
          cells[leaves]?.remove(player)
          cells[enters]?.add(player)
        }
      })
    })
    const place = createPlace({
      definition,
      scripts: [showing],
      tickHz: work.tickHz,
      maxPlayers: Math.max(1, work.viewers),
    })
    // By itself it would wait for its first client.
    place.start()
    const host = await createHost({ server: http, places: { main: () => place } })
    return { state: () => entitiesOf(movers), close: () => host.close() }
  },

  async join({ port, viewer }) {
    const url = `http://127.0.0.1:${port}`
    const client = createClient({ definition, url, name: String(viewer), storage: createMemoryStorage() })
    client.connect()
    await client.ready
    const workspace = client.game.getService('Workspace')
    return { state: () => entitiesOf(moversOf(MoverClass, workspace)), close: () => client.close() }
  },
}
