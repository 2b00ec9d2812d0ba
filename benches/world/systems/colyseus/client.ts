import { Client } from '@colyseus/sdk'
import { pacemaker } from '../../entity.ts'
import type { WorldClient, WorldClientSetting } from '../../system.ts'
import { ColyseusWorld, entitiesOf } from './state.ts'

/** The SDK with the schema at hand, so that nothing is generated from what the server tells. */
export async function joinColyseus({ port, onApplied }: WorldClientSetting): Promise<WorldClient> {
  const room = await new Client(`http://127.0.0.1:${port}`).join('world', {}, ColyseusWorld)
  // Its best case: by itself it gives up what was lost within its first five seconds, and waits longer.
  Object.assign(room.reconnection, { minUptime: 0, minDelay: 20, maxDelay: 20, maxRetries: 10_000 })
  // It tells the console of each attempt.
  console.info = () => {}
  return new Promise((resolve) => {
    room.onStateChange((world) => {
      onApplied(world.entities[pacemaker]?.y ?? 0)
      resolve({ state: () => entitiesOf(world), close: () => void room.leave() })
    })
  })
}
