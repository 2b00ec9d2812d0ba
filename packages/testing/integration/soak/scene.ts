import type { HostCommands, HostSetting } from '../sockets/host-commands.ts'
import type { PlayerCommands } from '../sockets/player-commands.ts'
import { type Peer, startProcess } from '../sockets/processes.ts'

/** A host in a process of its own. */
export function startHost(): Peer<HostCommands> {
  return startProcess<HostCommands>(new URL('../sockets/host-process.ts', import.meta.url))
}

/** A process for any number of players. */
export function startPlayers(): Peer<PlayerCommands> {
  return startProcess<PlayerCommands>(new URL('../sockets/player-process.ts', import.meta.url))
}

export const upTo = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`)

/** A world in which a tenth moves at each tick, as fan-out's. */
export const busy: HostSetting = {
  pace: { movers: 1000, movesPerTick: 100, ticksPerEvent: 10, ballast: null },
  tickHz: 20,
  graceMs: 30_000,
  maxPlayers: 1000,
}
