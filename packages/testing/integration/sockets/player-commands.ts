import { type Client, createClient, createMemoryStorage } from '@banyan/client'
import { replicaView } from '@banyan/datamodel'
import { createSeededRandom } from '@banyan/protocol'
import { createsText } from '@banyan/testing'
import { type CuttingProxy, createCuttingProxy } from './cutting-proxy.ts'
import { eventually, monotonicMs } from './monotonic-time.ts'
import { takeResources } from './resources.ts'
import { definition, Pacemaker, remotes } from './strain-game.ts'
import { createTally } from './tally.ts'

/** A client, and what it noted. */
interface Guest {
  readonly name: string
  readonly client: Client
  readonly told: ReturnType<typeof createTally>
  said: number
  asked: number
  answered: number
  wrongAnswers: number
  rejected: string[]
  shouts: number
  /** How often it came in, by the welcome's status, and why it lost its line. */
  readonly joins: Record<string, number>
  readonly causes: string[]
}

/** What a process full of honest players answers. */
export type PlayerCommands = ReturnType<typeof createPlayerCommands>

const patientMs = 60_000
const joinsAtOnce = 25

/** Players as anyone would make them: `createClient` over socket.io. */
export function createPlayerCommands() {
  const guests = new Map<string, Guest>()
  const faults: string[] = []
  let latencies: number[] = []
  let proxy: CuttingProxy | null = null
  let stopTalking = (): void => {}

  function enter(name: string, url: string): Guest {
    const client = createClient({
      definition,
      url,
      name,
      storage: createMemoryStorage(),
      log: {
        warn: (line) => void faults.push(`${name} was warned: ${line}`),
        error: (line, cause) => void faults.push(`${name}: ${line}: ${String(cause)}`),
      },
    })
    const guest: Guest = {
      name,
      client,
      told: createTally(),
      said: 0,
      asked: 0,
      answered: 0,
      wrongAnswers: 0,
      rejected: [],
      shouts: 0,
      joins: {},
      causes: [],
    }
    client.remote(remotes.told).onClientEvent.connect((count) => guest.told.take(count))
    client.remote(remotes.shouted).onClientEvent.connect(() => {
      guest.shouts += 1
    })
    client.onState(() => {
      const { state } = client
      if (state.kind === 'joined') guest.joins[state.status] = (guest.joins[state.status] ?? 0) + 1
      if (state.kind === 'reconnecting' && guest.causes.length < 50) guest.causes.push(state.cause)
    })
    void client.whenPresent('Workspace.Pacemaker', Pacemaker).then(
      (pacemaker) =>
        pacemaker.observe(() => {
          latencies.push(monotonicMs() - pacemaker.sentMs)
        }),
      () => {},
    )
    guests.set(name, guest)
    client.connect()
    return guest
  }

  function talk(guest: Guest): void {
    guest.said += 1
    guest.client.remote(remotes.said).fireServer(guest.said)
  }

  function ask(guest: Guest): void {
    guest.asked += 1
    const asked = guest.asked
    guest.client
      .remote(remotes.asked)
      .invokeServer(asked, { deadlineMs: patientMs })
      .then(
        (answer) => {
          guest.answered += 1
          if (answer !== asked * 2) guest.wrongAnswers += 1
        },
        (error: unknown) => void guest.rejected.push(String(error)),
      )
  }

  const isIn = ({ client }: Guest): boolean => client.state.kind === 'joined'

  return {
    /** Players by these names, through the proxy where there is one. Resolves when all are in. */
    async join({ port, names }: { readonly port: number; readonly names: readonly string[] }): Promise<void> {
      const url = proxy?.url ?? `http://127.0.0.1:${port}`
      for (let at = 0; at < names.length; at += joinsAtOnce) {
        const made = names.slice(at, at + joinsAtOnce).map((name) => enter(name, url))
        await eventually(`${at + made.length} are in`, () => made.every(isIn))
      }
    },
    async openProxy({ port, seed }: { readonly port: number; readonly seed: number }): Promise<void> {
      proxy = await createCuttingProxy(port, createSeededRandom(seed))
    },
    cut({ liveMs }: { readonly liveMs: readonly [number, number] | null }): number {
      if (proxy === null) throw new Error('open the proxy first')
      proxy.live = liveMs
      return proxy.cuts
    },
    /** Everyone says the next number at this rate, and asks at a fifth of it. */
    talk({ everyMs }: { readonly everyMs: number }): void {
      stopTalking()
      let round = 0
      const timer = setInterval(() => {
        round += 1
        for (const guest of guests.values()) {
          talk(guest)
          if (round % 5 === 0) ask(guest)
        }
      }, everyMs)
      stopTalking = () => clearInterval(timer)
    },
    hush: (): void => stopTalking(),
    allIn: (): boolean => [...guests.values()].every(isIn),
    /** From the beginning of a tick to its application, for each that was applied since the last question. */
    takeLatencies(): readonly number[] {
      const taken = latencies
      latencies = []
      return taken
    },
    notes: () => ({
      faults,
      guests: [...guests.values()].map(({ client, told, ...guest }) => ({
        ...guest,
        state: client.state.kind,
        told: { count: told.count, missing: told.missing, repeated: told.repeated },
      })),
    }),
    views: (): Readonly<Record<string, string>> =>
      Object.fromEntries(
        [...guests.values()].map(({ name, client }) => [
          name,
          createsText(definition, replicaView(client.game)),
        ]),
      ),
    resources: () => takeResources(),
    /** Everyone's line is cut, and nobody tries again; the streams are forgotten. */
    async vanish(): Promise<void> {
      stopTalking()
      await proxy?.close()
      proxy = null
      for (const { client } of guests.values()) client.close()
      guests.clear()
    },
    /** Everyone leaves; the streams are forgotten. */
    async leave(): Promise<void> {
      stopTalking()
      for (const { client } of guests.values()) client.close()
      guests.clear()
      await proxy?.close()
      proxy = null
    },
  }
}
