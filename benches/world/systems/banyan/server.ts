import { createHost } from 'banyan/node'
import { createPlace, script } from 'banyan/server'
import type { Entity } from '../../entity.ts'
import type { WorldServer, WorldServerSetting } from '../../system.ts'
import { defineWorld, entitiesOf, type Mover } from './definition.ts'

/** A place whose script moves instances at each heartbeat, as anyone would write it. */
export async function serveBanyan(setting: WorldServerSetting): Promise<WorldServer> {
  const { http, work, takeMoves } = setting
  const { Mover, definition } = defineWorld(work.precision)
  const movers: Mover[] = []
  // What the script would hold on to is not Banyan's, and its memory is measured.
  let unmade = setting.entities
  const moving = script(({ workspace, heartbeat }) => {
    for (const entity of unmade) movers.push(new Mover({ ...entity, parent: workspace }))
    unmade = []
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
  const place = createPlace({
    definition,
    scripts: [moving],
    tickHz: work.tickHz,
    maxPlayers: Math.max(1, work.clients),
  })
  // By itself it would wait for its first client.
  place.start()
  const host = await createHost({ server: http, places: { main: () => place } })
  return { state: (): readonly Entity[] => entitiesOf(movers), close: () => host.close() }
}
