import { createHost } from 'banyan/node'
import { createPlace, script } from 'banyan/server'
import type { FanOutServer, ServerSetting } from '../../system.ts'
import type { Entity } from '../../world.ts'
import { definition, entitiesOf, Mover } from './definition.ts'

/** A place whose script moves instances at each heartbeat, as anyone would write it. */
export async function serveBanyan(setting: ServerSetting): Promise<FanOutServer> {
  const { http, world, tickHz, clients, takeMoves } = setting
  const movers: Mover[] = []
  const moving = script(({ workspace, heartbeat }) => {
    for (const entity of world) movers.push(new Mover({ ...entity, parent: workspace }))
    heartbeat.connect(() => {
      for (const { index, x, y, z } of takeMoves()) {
        const mover = movers[index]
        if (mover === undefined) continue
        mover.x = x
        mover.y = y
        mover.z = z
      }
    })
  })
  const host = await createHost({
    server: http,
    places: { main: () => createPlace({ definition, scripts: [moving], tickHz, maxPlayers: clients }) },
  })
  return { state: (): readonly Entity[] => entitiesOf(movers), close: () => host.close() }
}
