import { io } from 'socket.io-client'
import { type MutableEntity, pacemaker } from '../../entity.ts'
import type { Move } from '../../moves.ts'
import type { WorldClient, WorldClientSetting } from '../../system.ts'

/** Keeps the world as plain objects and writes each change into them. */
export function joinSocketIo({ port, onApplied }: WorldClientSetting): Promise<WorldClient> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    // Its best case: by itself it waits a second at least.
    reconnectionDelay: 20,
    reconnectionDelayMax: 20,
  })
  let entities: readonly MutableEntity[] = []
  return new Promise((resolve) => {
    const applied = (): void => onApplied(entities[pacemaker]?.y ?? 0)
    socket.on('world', (world: readonly MutableEntity[]) => {
      entities = world
      applied()
      resolve({ state: () => entities, close: () => void socket.disconnect() })
    })
    socket.on('moves', (moves: readonly Move[]) => {
      for (const { index, x, y, z } of moves) {
        const entity = entities[index]
        if (entity === undefined) throw new Error('a change names an entity that is not there')
        entity.x = x
        entity.y = y
        entity.z = z
      }
      applied()
    })
  })
}
