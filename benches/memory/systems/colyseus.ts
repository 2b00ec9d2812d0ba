import { Client } from '@colyseus/sdk'
import { serveColyseus } from '../../world/systems/colyseus/server.ts'
import { ColyseusWorld } from '../../world/systems/colyseus/state.ts'
import { emptyWorld } from '../empty-world.ts'
import type { MemorySystem } from '../system.ts'

/** A room with an empty state. */
export const colyseus: MemorySystem = {
  serve: ({ http, visitors }) => serveColyseus({ http, ...emptyWorld(visitors) }),
  async visit(port) {
    const room = await new Client(`http://127.0.0.1:${port}`).join('world', {}, ColyseusWorld)
    return { leave: () => void room.leave() }
  },
}
