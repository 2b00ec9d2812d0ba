import { setImmediate } from 'node:timers/promises'
import { createManualClock, createMemoryTransport, createSeededRandom, IntValue } from 'banyan'
import { type Client, createClient, createMemoryStorage } from 'banyan/client'
import { createGate, createPlace, type Log } from 'banyan/server'
import { definition, Race, Racer, Result, remotes } from '../definition.ts'
import { circuit } from '../track/circuit.ts'
import { project, sampleAt, turnBetween } from '../track/track.ts'
import { createRaceScript } from './race.server.ts'

/** One player of a race, as their browser has it. */
export interface Driver {
  readonly client: Client
  readonly name: string
  readonly race: Race
  /** Everyone's cars, as this player sees them. */
  readonly racers: readonly Racer[]
  readonly own: Racer | null
  readonly results: readonly Result[]
  readonly potions: number
  score(column: string): number
  /** Loses the connection without leaving; the client comes back by itself. */
  dropLine(): void
}

/** A race place with real clients over the memory transport, in virtual time. */
export interface RaceWorld {
  readonly logged: readonly string[]
  join(name: string): Promise<Driver>
  advance(ms: number): Promise<void>
  /** Advances while these drivers steer along the track, until the condition holds or the time is up. */
  drive(drivers: readonly Driver[], options: { until: () => boolean; limitMs: number }): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const stepMs = 100 / 3

/** Opens the place; each test has its own. */
export function createRaceWorld(): RaceWorld {
  const clock = createManualClock({ startMs: 1_000_000 })
  const logged: string[] = []
  const note = (line: string) => void logged.push(line)
  const log: Log = { info: () => {}, warn: note, error: note }
  const random = createSeededRandom(7)
  const scripts = [createRaceScript({ privateMark: 'mark' })]
  const gate = createGate({
    places: { main: () => createPlace({ definition, scripts, clock, log, random }) },
    clock,
    log,
  })
  const transport = createMemoryTransport()
  gate.listen(transport.server)
  const clients: Client[] = []

  async function advance(ms: number): Promise<void> {
    for (const endMs = clock.now() + ms; clock.now() < endMs; ) {
      clock.advance(Math.min(stepMs, endMs - clock.now()))
      for (let round = 0; round < 4; round++) await setImmediate()
    }
  }

  return {
    logged,
    advance,
    async join(name) {
      let cut = (): void => {}
      const client = createClient({
        definition,
        name,
        clock,
        random,
        storage: createMemoryStorage(),
        transport: {
          connect(handlers) {
            const channel = transport.client.connect(handlers)
            cut = () => channel.close()
            return channel
          },
        },
      })
      clients.push(client)
      client.connect()
      await advance(200)
      return createDriver(client, name, () => cut())
    },
    async drive(drivers, { until, limitMs }) {
      for (const endMs = clock.now() + limitMs; clock.now() < endMs && !until(); ) {
        for (const driver of drivers) steerAhead(driver)
        await advance(stepMs)
      }
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.close()
      await gate.close()
    },
  }
}

function createDriver(client: Client, name: string, dropLine: () => void): Driver {
  const { game } = client
  return {
    client,
    name,
    dropLine,
    get race() {
      const race = client.find('ReplicatedStorage.Race', Race)
      if (race === null) throw new Error('the race has not arrived')
      return race
    },
    get racers() {
      return game
        .getService('Workspace')
        .getChildren()
        .filter((child) => child.isA(Racer))
    },
    get own() {
      return this.racers.find((racer) => racer.userId === client.localPlayer?.userId) ?? null
    },
    get results() {
      const results = client.find('ReplicatedStorage.Results')?.getChildren() ?? []
      return results.filter((child) => child.isA(Result))
    },
    get potions() {
      return client.localPlayer?.backpack?.getChildren().length ?? 0
    },
    score: (column) =>
      client.localPlayer?.findFirstChild('leaderstats')?.findFirstChild(column, IntValue)?.value ?? -1,
  }
}

/** What a person with two keys does: turns towards a point some way ahead. */
function steerAhead({ client, own }: Driver): void {
  if (own === null) return
  const nearest = circuit.samples.reduce(
    (best, sample, index) => {
      const away = Math.hypot(sample.x - own.x, sample.y - own.y)
      return away < best.away ? { index, away } : best
    },
    { index: 0, away: Number.POSITIVE_INFINITY },
  )
  const { along } = project(circuit, own, nearest.index * circuit.spacingMeters)
  const aim = sampleAt(circuit, along + 20)
  const off = turnBetween(own.heading, Math.atan2(aim.y - own.y, aim.x - own.x))
  const turn = Math.abs(off) < 0.12 ? 0 : Math.sign(off)
  client.remote(remotes.steer).fireServer({ turn, isBraking: false })
}
