import { createClient, createMemoryStorage } from 'banyan/client'
import { pacemaker } from '../../entity.ts'
import type { WorldClient, WorldClientSetting } from '../../system.ts'
import { defineWorld, entitiesOf, moversOf } from './definition.ts'

/** A client like a page's: its own replica, its own storage and so its own player. */
export async function joinBanyan({ port, precision, onApplied }: WorldClientSetting): Promise<WorldClient> {
  const { Mover, definition } = defineWorld(precision)
  const url = `http://127.0.0.1:${port}`
  const client = createClient({ definition, url, storage: createMemoryStorage() })
  client.connect()
  await client.ready
  const workspace = client.game.getService('Workspace')
  const paced = workspace.getChildren()[pacemaker]
  if (paced?.isA(Mover)) {
    paced.getPropertyChangedSignal('y').connect(() => onApplied(paced.y))
    onApplied(paced.y)
  }
  return { state: () => entitiesOf(moversOf(Mover, workspace)), close: () => client.close() }
}
