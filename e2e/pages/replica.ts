import type { Page } from '@playwright/test'
import type { DataModel } from 'banyan'

/** A car as a window's replica has it. */
export interface RacerState {
  readonly id: number
  readonly name: string
  readonly isSelf: boolean
  readonly x: number
  readonly y: number
  readonly heading: number
  readonly lap: number
  readonly finishMs: number
  readonly visible: boolean
}

/** The race as a window's replica has it. */
export interface RaceState {
  readonly phase: string
  readonly racers: readonly RacerState[]
  readonly own: RacerState | null
}

/** The window's copy of the tree, which every demo offers to the console as `game`. It holds what this client received. */
export interface Replica {
  /** Looks once the next frame is due, so that a loop goes at the pace of the screen. */
  race(): Promise<RaceState>
  /** Writes a property in this window only, as anyone can in their console. */
  write(path: string, values: Readonly<Record<string, unknown>>): Promise<void>
  /** Names of everything in a player's Backpack as far as this window knows. */
  backpackOf(playerName: string): Promise<readonly string[]>
}

export function createReplica(page: Page): Replica {
  return {
    race: () =>
      page.evaluate(async () => {
        await new Promise(requestAnimationFrame)
        const game = Reflect.get(window, 'game') as DataModel
        const race = game.getService('ReplicatedStorage').findFirstChild('Race')
        const ownId = game.getService('Players').localPlayer?.userId
        const racers = game
          .getService('Workspace')
          .getChildren()
          .filter(({ className }) => className === 'Racer')
          .map(({ id, name, record }) => {
            const properties = { ...record?.properties } as unknown as RacerState & { userId: string }
            return { ...properties, id, name, isSelf: properties.userId === ownId }
          })
        const phase = String(Reflect.get(race?.record?.properties ?? {}, 'phase'))
        return { phase, racers, own: racers.find(({ isSelf }) => isSelf) ?? null }
      }),
    write: (path, values) =>
      page.evaluate(
        ([dotted, own]) => {
          const game = Reflect.get(window, 'game') as DataModel
          const [service = '', name = ''] = dotted.split('.')
          const instance = game.findFirstChild(service)?.findFirstChild(name) ?? null
          if (instance === null) throw new Error(`cannot write to "${dotted}": it is not there.`)
          Object.assign(instance, own)
        },
        [path, values] as const,
      ),
    backpackOf: (playerName) =>
      page.evaluate((name) => {
        const game = Reflect.get(window, 'game') as DataModel
        const player = game
          .getService('Players')
          .getPlayers()
          .find((each) => each.name === name)
        return player?.backpack?.getChildren().map((child) => child.name) ?? []
      }, playerName),
  }
}
