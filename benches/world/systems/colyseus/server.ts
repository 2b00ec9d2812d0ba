import { type Client, Room } from '@colyseus/core'
import { Encoder } from '@colyseus/schema'
import { startBeat } from '../../../harness/beat.ts'
import { openColyseusRoom } from '../../../harness/colyseus-room.ts'
import type { WorldServer, WorldServerSetting } from '../../system.ts'
import { type ColyseusWorld, createColyseusWorld, entitiesOf } from './state.ts'

/** A room whose patch is broadcast right after the moves, which is its best case. */
export async function serveColyseus(setting: WorldServerSetting): Promise<WorldServer> {
  const { http, entities, work, takeMoves } = setting
  // Large enough from the start: it would grow, with a warning.
  Encoder.BUFFER_SIZE = 8192 + entities.length * 64
  const world = createColyseusWorld(entities)
  let stop = (): void => {}

  class WorldRoom extends Room<{ state: ColyseusWorld }> {
    override autoDispose = false
    override patchRate = null
    override onCreate(): void {
      this.state = world
      stop = startBeat({
        tickHz: work.tickHz,
        run: () => {
          for (const { index, x, y, z } of takeMoves()) {
            const entity = world.entities[index]
            if (entity === undefined) continue
            entity.x = Math.fround(x)
            entity.y = Math.fround(y)
            entity.z = Math.fround(z)
          }
          this.broadcastPatch()
        },
      })
    }
    override onDrop(client: Client): void {
      this.allowReconnection(client, 30).catch(() => {})
    }
  }

  await openColyseusRoom(http, 'world', WorldRoom)
  return { state: () => entitiesOf(world), close: async () => stop() }
}
