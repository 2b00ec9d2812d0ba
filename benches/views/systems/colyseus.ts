import { type Client, Room } from '@colyseus/core'
import { Encoder, MapSchema, type SchemaType, StateView, schema, t } from '@colyseus/schema'
import { Client as Sdk } from '@colyseus/sdk'
import { startBeat } from '../../harness/beat.ts'
import { openColyseusRoom } from '../../harness/colyseus-room.ts'
import { ColyseusEntity } from '../../world/systems/colyseus/state.ts'
import { indexesIn } from '../grid.ts'
import type { ViewsSystem } from '../system.ts'

const ViewedWorld = schema({ entities: t.map(ColyseusEntity).view() }, 'ViewedWorld')
type ViewedWorld = SchemaType<typeof ViewedWorld>

const entitiesOf = (world: ViewedWorld) =>
  [...(world.entities?.values() ?? [])].map(({ name, x, y, z, rotation, hp }) => ({
    name,
    x,
    y,
    z,
    rotation,
    hp,
  }))

/** A StateView for each client, to which entities are added and from which they are removed. */
export const colyseus: ViewsSystem = {
  async serve({ http, entities, work, cellsOf, takeTick }) {
    Encoder.BUFFER_SIZE = 1024 * 1024
    const made = entities.map((entity) => new ColyseusEntity({ ...entity }))
    const world = new ViewedWorld({
      entities: new MapSchema(Object.fromEntries(made.map((entity, index) => [String(index), entity]))),
    })
    const views = new Map<number, StateView>()
    const within = (cell: number) => indexesIn(cell, work).flatMap((index) => made[index] ?? [])
    let stop = (): void => {}

    class ViewsRoom extends Room<{ state: ViewedWorld }> {
      override autoDispose = false
      override patchRate = null
      override onCreate(): void {
        this.state = world
        stop = startBeat({
          tickHz: work.tickHz,
          run: () => {
            const { moves, steps } = takeTick()
            for (const { index, x, y, z } of moves) {
              const entity = made[index]
              if (entity === undefined) continue
              entity.x = x
              entity.y = y
              entity.z = z
            }
            for (const { viewer, enters, leaves } of steps) {
              const view = views.get(viewer)
              for (const entity of within(leaves)) view?.remove(entity)
              for (const entity of within(enters)) view?.add(entity)
            }
            this.broadcastPatch()
          },
        })
      }
      override onJoin(client: Client, { viewer }: { viewer: number }): void {
        const view = new StateView()
        client.view = view
        views.set(viewer, view)
        for (const cell of cellsOf(viewer)) for (const entity of within(cell)) view.add(entity)
      }
    }

    await openColyseusRoom(http, 'views', ViewsRoom)
    return { state: () => entitiesOf(world), close: async () => stop() }
  },

  async join({ port, viewer }) {
    const room = await new Sdk(`http://127.0.0.1:${port}`).join('views', { viewer }, ViewedWorld)
    return new Promise((resolve) => {
      room.onStateChange.once((world) =>
        resolve({ state: () => entitiesOf(world), close: () => void room.leave() }),
      )
    })
  },
}
