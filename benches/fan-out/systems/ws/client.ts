import { WebSocket } from 'ws'
import type { ClientSetting, FanOutClient } from '../../system.ts'
import { type Entity, pacemaker } from '../../world.ts'
import { applyMoves } from './frames.ts'

/** Keeps the world as plain objects and writes each patch into them. */
export function joinWs({ port, onApplied }: ClientSetting): Promise<FanOutClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
  let entities: readonly { -readonly [Key in keyof Entity]: Entity[Key] }[] = []
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) applyMoves(data, entities)
      else entities = JSON.parse(data.toString())
      onApplied(entities[pacemaker]?.y ?? 0)
      resolve({ state: () => entities, close: () => socket.terminate() })
    })
  })
}
