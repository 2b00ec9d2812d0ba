import { createClient, createMemoryStorage } from 'banyan/client'
import type { ClientSetting, FanOutClient } from '../../system.ts'
import { pacemaker } from '../../world.ts'
import { definition, entitiesOf, moversOf } from './definition.ts'

/** A client like a page's: its own replica, its own storage and so its own player. */
export async function joinBanyan({ port, onApplied }: ClientSetting): Promise<FanOutClient> {
  const url = `http://127.0.0.1:${port}`
  const client = createClient({ definition, url, storage: createMemoryStorage() })
  client.connect()
  await client.ready
  const workspace = client.game.getService('Workspace')
  const paced = moversOf(workspace)[pacemaker]
  if (paced === undefined) throw new Error('the world has not arrived with the join')
  paced.getPropertyChangedSignal('y').connect(() => onApplied(paced.y))
  onApplied(paced.y)
  return { state: () => entitiesOf(moversOf(workspace)), close: () => client.close() }
}
