import { expectName, TestingError, unknownPlayer } from '@banyan/testing'
import type { TestHost } from '@banyan/testing/host'
import type { Browser } from '@playwright/test'
import { createWorldPlayer, type OwnedPlayer } from '../player/create-world-player.ts'
import { expectConvergence } from './convergence.ts'
import { createLockstep } from './lockstep.ts'
import type { Arrival, World } from './world.ts'
import type { WorldOptions, WorldVisit } from './world-options.ts'

/** A world with what only the fixture asks. */
export interface OwnedWorld {
  readonly world: World
  readonly members: readonly OwnedPlayer[]
  /** Closes all browsers, forgets conditions and places; throws 'leaked' for lines that stay open, and 'logged'. */
  end(): Promise<void>
}

export interface OwnedWorldOptions {
  readonly options: WorldOptions
  readonly host: TestHost
  readonly browser: Browser
  /** The test's own place. */
  readonly place: string
}

const farewellMs = 5_000
const virtualLimitMs = 10_000
const virtualStepMs = 20

export function createWorld({ options, host, browser, place }: OwnedWorldOptions): OwnedWorld {
  const { network } = host
  const members = new Map<string, OwnedPlayer>()
  /** Also of those who are on their way. */
  const names = new Set<string>()
  const listeners: Parameters<World['onBrowser']>[0][] = []
  const lockstep = createLockstep(host)
  const advance = (ms: number): Promise<void> => (host.isVirtual ? lockstep.advance(ms) : host.advance(ms))

  const placeOf = (visit: WorldVisit): string => options.placeOf?.(visit) ?? visit.place
  const addressOf = (visit: WorldVisit): string => {
    const query = new URLSearchParams({ place: visit.place, name: visit.player })
    return new URL(options.addressOf?.(visit) ?? `${visit.path}?${query}`, host.url).href
  }

  /** All of them before the first browser opens. */
  function take(wanted: readonly string[]): void {
    const taken = new Set(names)
    for (const name of wanted) {
      if (taken.has(name)) {
        throw new TestingError(
          'invalidOption',
          `cannot invite "${name}" twice. Choose another name, or open a second window of their context.`,
        )
      }
      expectName(name, taken)
      taken.add(name)
    }
    for (const name of wanted) names.add(name)
  }

  async function invite(name: string, { path, context: given }: Arrival): Promise<OwnedPlayer> {
    const context = await browser.newContext(given)
    if (host.isVirtual) await lockstep.add(context)
    await options.introduce?.(context, name)
    for (const listener of listeners) listener({ name, context })
    const page = await context.newPage()
    const member = createWorldPlayer({
      name,
      context,
      page,
      host,
      advance,
      addressOf: (to) => addressOf({ path: to, place, player: name }),
      placeOf: (to) => placeOf({ path: to, place, player: name }),
    })
    members.set(name, member)
    if (path !== undefined) await member.open(path)
    return member
  }

  function player(name: string): OwnedPlayer {
    const found = members.get(name)
    if (found !== undefined) return found
    throw unknownPlayer(name, { known: members.keys(), advice: 'Invite them with world.players.' })
  }

  /** Pages and server move together here too. */
  async function untilVirtual(
    what: string,
    condition: () => boolean,
    { limitMs = virtualLimitMs }: { readonly limitMs?: number } = {},
  ): Promise<void> {
    for (let passedMs = 0; !condition(); passedMs += virtualStepMs) {
      if (passedMs >= limitMs) {
        throw new TestingError(
          'didNotHappen',
          `it did not happen within ${limitMs} ms of virtual time: ${what}. Check the condition, or allow more with limitMs.`,
        )
      }
      await advance(virtualStepMs)
    }
  }

  const world: World = {
    host,
    url: host.url,
    get place() {
      const opened = [...members.values()].find((member) => member.placeName !== null)
      return host.place(opened?.placeName ?? placeOf({ path: '/', place, player: '' }))
    },
    async players(...given) {
      const arrival = given.find(isArrival) ?? {}
      // What is neither, as plain JavaScript may give it, is no name.
      const wanted = given.filter((each): each is string => !isArrival(each))
      take(wanted)
      const invited: OwnedPlayer[] = []
      for (const name of wanted) invited.push(await invite(name, arrival))
      return invited as never
    },
    player,
    addressOf: (path, name) => addressOf({ path, place, player: name }),
    async network(of, conditions) {
      network.set(player(nameOf(of)).name, conditions)
    },
    async advance(ms) {
      if (!host.isVirtual) throw realTimeError()
      await advance(ms)
    },
    until: (what, condition, how) =>
      host.isVirtual ? untilVirtual(what, condition, how) : host.until(what, condition, how),
    converged: (how) => expectConvergence(host, [...members.values()], how),
    takeLogged: host.takeLogged,
    onBrowser: (listener) => void listeners.push(listener),
  }

  async function end(): Promise<void> {
    const opened = new Set([...members.values()].flatMap(({ placeName }) => placeName ?? []))
    await Promise.all([...members.values()].map(({ context }) => context.close()))
    network.clear()
    await host
      .until('the lines of the test close', () => host.openLines.length === 0, { limitMs: farewellMs })
      .catch(() => {
        const left = host.openLines.map(({ player: of }) => `"${of ?? 'nobody yet'}"`).join(', ')
        throw new TestingError(
          'leaked',
          `lines are still open after the test: of ${left}. Close what opened them.`,
        )
      })
    for (const name of opened) await host.stopPlace(name).catch(() => {})
    const logged = host.takeLogged()
    if (logged.length === 0) return
    throw new TestingError(
      'logged',
      `the server logged what the test did not expect:\n${logged.join('\n')}\nCall world.takeLogged() for what it means to cause.`,
    )
  }

  return {
    world,
    get members() {
      return [...members.values()]
    },
    end,
  }
}

/** As an unknown value: it may come from plain JavaScript. */
function nameOf(of: unknown): string {
  const name = typeof of === 'object' && of !== null && 'name' in of ? of.name : of
  if (typeof name === 'string') return name
  throw new TestingError(
    'invalidOption',
    'cannot set the network: what came first is no player. Pass one that world.players returned, or their name.',
  )
}

function isArrival(given: string | Arrival): given is Arrival {
  return typeof given === 'object' && given !== null
}

function realTimeError(): TestingError {
  return new TestingError(
    'realClock',
    "cannot advance: this test's time is real. Put test.use({ time: 'virtual' }) before it, or wait with expect(player).toSee and world.until.",
  )
}
