import { view } from '@banyan/datamodel'
import { createHost, type Host } from '@banyan/node'
import { createPlace, type Limits, type Place } from '@banyan/server'
import { createsText } from '@banyan/testing'
import { takeResources } from './resources.ts'
import { createStrain, definition, type Pace } from './strain-game.ts'

export interface HostSetting {
  readonly pace: Pace
  readonly tickHz: number
  readonly graceMs: number
  readonly maxPlayers: number
  readonly limits?: Partial<Limits>
  /** How often a silent line is asked, and how long it has for its answer; the house's when left out. */
  readonly heartbeatMs?: number
}

/** What the host's process answers. */
export type HostCommands = ReturnType<typeof createHostCommands>

/** One host with one place, on a free port. */
export function createHostCommands() {
  const log = { warnings: 0, lastWarnings: [] as string[], errors: [] as string[] }
  let scene: {
    readonly host: Host
    readonly place: Place
    readonly pace: Pace
    readonly strain: ReturnType<typeof createStrain>
  } | null = null

  function open() {
    if (scene === null) throw new Error('open the host first')
    return scene
  }

  return {
    async open({ pace, heartbeatMs = 5000, ...options }: HostSetting): Promise<number> {
      const own = { ...pace }
      const strain = createStrain(own)
      const lines = {
        info: () => {},
        warn(line: string) {
          log.warnings += 1
          log.lastWarnings = [...log.lastWarnings.slice(-9), line]
        },
        error(line: string, cause?: unknown) {
          log.errors.push(`${line}: ${cause instanceof Error ? cause.stack : String(cause)}`)
        },
      }
      const place = createPlace({ ...options, definition, scripts: [strain.strain], log: lines })
      const host = await createHost({
        places: { main: () => place },
        port: 0,
        address: '127.0.0.1',
        log: lines,
        stopOnSignals: false,
        heartbeat: { intervalMs: heartbeatMs, timeoutMs: heartbeatMs },
      })
      scene = { host, place, pace: own, strain }
      return host.port ?? 0
    },
    pace: (change: Partial<Pace>): void => void Object.assign(open().pace, change),
    resources: () => takeResources(),
    stats: () => ({ ...open().place.stats, connections: open().host.metrics().connections }),
    log: () => ({ ...log }),
    removed: () => open().strain.removed,
    /** Of events from the players, and how many each of them was sent. */
    streams() {
      const { heard, told } = open().strain
      const sent = told()
      return [...heard].map(([name, { count, missing, repeated }]) => ({
        name,
        count,
        missing,
        repeated,
        told: sent[name] ?? 0,
      }))
    },
    /** What each player may see of the last commit, as text. */
    views(): Readonly<Record<string, string>> {
      const { place } = open()
      const { snapshot } = place.game
      return Object.fromEntries(
        place.players
          .getPlayers()
          .map((player) => [player.name, createsText(definition, view(snapshot, player.id))]),
      )
    },
    close: () => open().host.close(),
  }
}
