import type { Visitor } from './system.ts'
import { type MemorySystemName, memorySystems } from './systems.ts'

export type MemoryLoadCommands = ReturnType<typeof createMemoryLoadCommands>

/** What a process full of visitors does. */
export function createMemoryLoadCommands() {
  let visitors: Visitor[] = []
  return {
    /** One after the other. */
    async visit(visit: {
      readonly system: MemorySystemName
      readonly port: number
      readonly count: number
    }): Promise<void> {
      const system = await memorySystems[visit.system].load()
      for (let made = 0; made < visit.count; made++) visitors.push(await system.visit(visit.port))
    },
    leave(): void {
      for (const visitor of visitors) visitor.leave()
      visitors = []
    },
  }
}
