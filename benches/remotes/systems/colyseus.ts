import { Room, validate } from '@colyseus/core'
import { Client } from '@colyseus/sdk'
import { openColyseusRoom } from '../../harness/colyseus-room.ts'
import { valuePayload } from '../payloads.ts'
import type { RemotesSystem } from '../system.ts'

/** Its own validation is on, by the same schemas. */
export const colyseus: RemotesSystem = {
  async serve({ http, onFlood }) {
    let tellAll = (_text: string): void => {}
    class RemotesRoom extends Room {
      override autoDispose = false
      override patchRate = null
      override messages = {
        echo: validate(valuePayload, (_client, { value }) => ({ value })),
        flood: validate(valuePayload, (_client, { value }) => onFlood(value)),
      }
      override onCreate(): void {
        tellAll = (text) => this.broadcast('told', { text })
      }
    }
    await openColyseusRoom(http, 'remotes', RemotesRoom)
    return { broadcast: (text) => tellAll(text), close: async () => {} }
  },
  async join({ port, onBroadcast }) {
    const room = await new Client(`http://127.0.0.1:${port}`).join('remotes', {})
    room.onMessage('told', ({ text }: { text: string }) => onBroadcast(text))
    return {
      async echo(value) {
        const answer = await room.request<{ value: number }, { value: number }>('echo', { value })
        return answer.value
      },
      flood: (value) => room.send('flood', { value }),
      close: () => void room.leave(),
    }
  },
}
