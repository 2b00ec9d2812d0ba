import { setImmediate, setTimeout } from 'node:timers/promises'
import { monotonicMs } from '../harness/monotonic-time.ts'
import type { RemotesClient } from './system.ts'
import { type RemotesSystemName, remotesSystems } from './systems.ts'

export type RemotesLoadCommands = ReturnType<typeof createRemotesLoadCommands>

/** What a process full of clients does; `join` comes first. */
export function createRemotesLoadCommands() {
  const clients: RemotesClient[] = []
  let heard = 0
  let heardBytes = 0
  return {
    async join(joining: { system: RemotesSystemName; port: number; count: number }): Promise<void> {
      const { join } = await remotesSystems[joining.system].load()
      const onBroadcast = (text: string): void => {
        heard += 1
        heardBytes += text.length
      }
      for (let made = 0; made < joining.count; made++) {
        clients.push(await join({ port: joining.port, onBroadcast }))
      }
    },
    /** One after the other, by one client; how long each took. */
    async echo(count: number): Promise<readonly number[]> {
      const [client] = clients
      const tookMs: number[] = []
      for (let value = 0; value < count; value++) {
        const startMs = monotonicMs()
        const answer = await client?.echo(value)
        tookMs.push(monotonicMs() - startMs)
        if (answer !== value) throw new Error(`cannot go on: the echo of ${value} is ${answer}`)
      }
      return tookMs
    },
    /** Each client sends so many, one in a task: what is sent together may travel together. Returns when it began. */
    async flood(perClient: number): Promise<number> {
      const startMs = monotonicMs()
      for (let value = 1; value <= perClient; value++) {
        for (const client of clients) client.flood(value)
        await setImmediate()
      }
      return startMs
    },
    /** How much all clients have heard, once it is as much as expected or ten seconds have passed. */
    async heard(perClient: number): Promise<{ readonly count: number; readonly bytes: number }> {
      const endMs = monotonicMs() + 10_000
      while (heard < perClient * clients.length && monotonicMs() < endMs) await setTimeout(10)
      return { count: heard, bytes: heardBytes }
    },
    close(): void {
      for (const client of clients) client.close()
    },
  }
}
