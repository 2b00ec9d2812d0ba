import { setTimeout } from 'node:timers/promises'
import { type LineProxy, openLineProxy } from '../harness/line-proxy.ts'
import { createLoadCommands } from '../world/load-commands.ts'
import type { Return } from './return.ts'

export type ResumeLoadCommands = ReturnType<typeof createResumeLoadCommands>

/** As the load of any world, but its clients come through a line that can be cut. */
export function createResumeLoadCommands() {
  let proxy: LineProxy | null = null
  const expectProxy = (): LineProxy => {
    if (proxy === null) throw new Error('cannot use the line: it has not been opened')
    return proxy
  }
  const load = createLoadCommands()
  let seenFrom = 0
  let seenUntilCut = 0
  return {
    ...load,
    /** Returns the port that clients are to connect to. */
    async openLine(serverPort: number): Promise<number> {
      proxy = await openLineProxy(serverPort)
      return proxy.port
    },
    see(): void {
      load.observe()
      seenFrom = expectProxy().bytes
    },
    async outage(forMs: number): Promise<void> {
      const line = expectProxy()
      seenUntilCut = line.bytes
      await line.cut()
      await setTimeout(forMs)
      await line.mend()
    },
    /** When the client came to the door again; null while it has not. */
    returnedMs(): number | null {
      return expectProxy().returnedMs
    },
    seen(): Omit<Return, 'returnedMs'> {
      const { arrivals } = load.observed()
      return {
        arrivals,
        bytesBefore: seenUntilCut - seenFrom,
        bytesAfter: expectProxy().bytes - seenUntilCut,
      }
    },
    closeLine(): void {
      proxy?.close()
    },
  }
}
