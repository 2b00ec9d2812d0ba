import { createCountedServer } from '../harness/counted-server.ts'
import { type Memory, measureMemory } from '../harness/memory.ts'
import { type MemorySystemName, memorySystems } from './systems.ts'

export type MemoryServerCommands = ReturnType<typeof createMemoryServerCommands>

/** What the server process of one run does; `open` comes first. */
export function createMemoryServerCommands() {
  let close = async (): Promise<void> => {}
  return {
    /** Returns the port. */
    async open({ system, visitors }: { system: MemorySystemName; visitors: number }): Promise<number> {
      const counted = createCountedServer()
      const { serve } = await memorySystems[system].load()
      const server = await serve({ http: counted.http, visitors })
      close = server.close
      return counted.listen()
    },
    memory(): Promise<Memory> {
      return measureMemory()
    },
    close(): Promise<void> {
      return close()
    },
  }
}
