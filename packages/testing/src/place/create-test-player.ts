import { type Client, type ClientOptions, createClient, createMemoryStorage } from '@banyan/client'
import { createSentinel } from '@banyan/client/sentinel'
import type { Clock, Player } from '@banyan/datamodel'
import {
  type ClientTransport,
  createSeededRandom,
  deriveSeed,
  type GameDefinition,
  type Network,
} from '@banyan/protocol'
import { createViewListeners, type ViewListeners } from '../leaks/view-listeners.ts'
import { TestingError } from '../testing-error.ts'
import { createPlayerNetwork } from './player-network.ts'
import { createTestPage, type TestPage } from './test-page.ts'
import type { TestPlayer } from './test-player.ts'

/** A player together with what only the test place may touch. */
export interface SeatedPlayer extends TestPlayer {
  /** The network knows lines by the name that their hello carries. */
  readonly helloName: string
  readonly page: TestPage
  /** What the views of all pages still listen to. */
  leftListeners(): readonly string[]
  /** Closes the clients of all pages that this player ever had. */
  close(): void
}

export interface TestPlayerOptions {
  readonly name: string
  readonly seed: number
  readonly definition: GameDefinition
  readonly transport: ClientTransport
  readonly network: Network
  readonly clock: Clock
  readonly frameClock: Clock
  readonly log: { warn(line: string): void; error(line: string, cause: unknown): void }
  /** Waits in virtual time; throws 'didNotHappen'. */
  readonly until: (what: string, condition: () => boolean) => Promise<void>
  readonly players: () => readonly Player[]
  /** Replaces single options of the client. */
  readonly client?: Partial<ClientOptions>
}

/** Sits at a page that is not connected yet. */
export function createTestPlayer(options: TestPlayerOptions): SeatedPlayer {
  const { name, network, until } = options
  const helloName = options.client?.name ?? name
  const storage = createMemoryStorage()
  const clients: Client[] = []
  const allViews: ViewListeners[] = []
  let page = openPage()
  let client = openClient()
  let views = openViews()

  function openPage(): TestPage {
    return createTestPage({
      clock: options.clock,
      frameClock: options.frameClock,
      report: (error) => options.log.error(`a frame of "${name}" failed`, error),
    })
  }

  function openClient(): Client {
    const opened = createClient({
      definition: options.definition,
      name,
      transport: options.transport,
      clock: page.clock,
      random: createSeededRandom(deriveSeed(options.seed, 'client', name, String(clients.length))),
      log: {
        warn: (line) => options.log.warn(`"${name}": ${line}`),
        error: (line, cause) => options.log.error(`"${name}": ${line}`, cause),
      },
      frames: page.frames,
      page: page.life,
      storage,
      isDevelopment: true,
      // Nothing of a test is loaded while it runs.
      sentinel: createSentinel,
      ...options.client,
    })
    clients.push(opened)
    return opened
  }

  function openViews(): ViewListeners {
    const opened = createViewListeners(client.game)
    allViews.push(opened)
    return opened
  }

  function reopen(): void {
    page.leave()
    page = openPage()
    client = openClient()
    views = openViews()
    client.connect()
  }

  function findPlayer(): Player | null {
    const userId = client.localPlayer?.userId
    return options.players().find((player) => player.userId === userId) ?? null
  }

  async function untilJoined(): Promise<void> {
    const isDecided = () => ['joined', 'closed', 'outdated'].includes(client.state.kind)
    await until(`"${name}" joins`, isDecided)
    const { state } = client
    if (state.kind !== 'closed' && state.kind !== 'outdated') return
    throw new TestingError(
      'refused',
      `cannot let "${name}" join: the server refused as ${state.code}: ${state.reason} Use place.invite("${name}") where a test is about refusals.`,
    )
  }

  return {
    name,
    helloName,
    get client() {
      return client
    },
    get game() {
      return client.game
    },
    get remote() {
      return client.remote
    },
    get player() {
      return findPlayer()
    },
    get page() {
      return page
    },
    get views() {
      return views
    },
    leftListeners: () => allViews.flatMap((each) => each.left()),
    network: createPlayerNetwork(network, helloName),
    async join() {
      client.connect()
      await untilJoined()
    },
    async leave() {
      const { player } = this
      client.close()
      await until(`the server lets "${name}" go`, () => player === null || player.isDestroyed)
    },
    async reconnect() {
      if (client.state.kind === 'idle' || client.state.kind === 'closed') {
        throw new TestingError(
          'invalidOption',
          `cannot reconnect "${name}": they are not in. Call player.join() first.`,
        )
      }
      network.cut(helloName)
      await until(`"${name}" notices the cut`, () => client.state.kind !== 'joined')
      await untilJoined()
    },
    async reload() {
      reopen()
      await untilJoined()
    },
    reopen,
    hide: () => page.hide(),
    show: () => page.show(),
    close() {
      for (const each of clients) each.close()
    },
  }
}
