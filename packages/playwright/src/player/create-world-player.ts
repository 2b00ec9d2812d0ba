import type { Create } from '@banyan/datamodel'
import type { Place } from '@banyan/server'
import { createPlayerNetwork, createsText, TestingError } from '@banyan/testing'
import type { TestHost } from '@banyan/testing/host'
import type { BrowserContext, Page } from '@playwright/test'
import type { HeldTree, Look } from '../door/door.ts'
import { fromPortable } from '../door/portable.ts'
import { follow } from '../replica/follow.ts'
import { absenceText, instanceOfSight } from '../replica/instance-of-sight.ts'
import { pathNames } from '../replica/path-names.ts'
import { createPageDoor, type PageDoor } from './page-door.ts'
import { createPlayerActs } from './player-acts.ts'
import type { WorldPlayer } from './world-player.ts'

/** A player with what only the kit asks. */
export interface OwnedPlayer extends WorldPlayer {
  readonly door: PageDoor
  /** The place that the first window was opened in; null before. */
  readonly placeName: string | null
  /** The replica as the page holds it. */
  held(): Promise<Omit<HeldTree, 'creates'> & { readonly creates: readonly Create[] }>
}

export interface OwnedPlayerOptions {
  readonly name: string
  readonly context: BrowserContext
  readonly page: Page
  readonly host: TestHost
  readonly addressOf: (path: string) => string
  readonly placeOf: (path: string) => string
  /** Lets a page come to rest while it joins, where time is virtual. */
  readonly advance: (ms: number) => Promise<void>
}

const waitMs = 15_000
const joinStepMs = 50

export function createWorldPlayer(options: OwnedPlayerOptions): OwnedPlayer {
  const { name, context, page, host } = options
  const door = createPageDoor(name, page)
  let placeName: string | null = null

  async function reaches(kind: Look['state']['kind'], { limitMs = waitMs } = {}): Promise<void> {
    const { isAccepted, last } = await follow(door, [], {
      accept: ({ state }) => state.kind === kind,
      limitMs,
    })
    if (isAccepted) return
    const is = last === null ? 'unknown, since their page does not answer' : JSON.stringify(last.state)
    throw new TestingError(
      'didNotHappen',
      `the connection of "${name}" is not ${kind} after ${limitMs} ms: it is ${is}. ${hintFor(host)}`,
    )
  }

  async function join(): Promise<void> {
    const isSettled = ({ state: { kind } }: Pick<Look, 'state'>): boolean =>
      ['joined', 'closed', 'outdated'].includes(kind)
    // Virtual time stands still for the page, too, whose timers a join may need.
    for (let step = 0; host.isVirtual && step < waitMs / joinStepMs; step += 1) {
      await options.advance(joinStepMs)
      if (!(await door.isOpen())) continue
      const state = await door.call('state')
      if (isSettled({ state })) break
    }
    const { last } = await follow(door, [], { accept: isSettled, limitMs: host.isVirtual ? 1000 : waitMs })
    if (last?.state.kind === 'joined') return
    const why =
      last?.state.kind === 'closed' || last?.state.kind === 'outdated'
        ? `the server closed it as ${last.state.code}: ${last.state.reason}`
        : `after ${waitMs} ms it is ${last?.state.kind ?? 'unknown'}`
    throw new TestingError(
      'refused',
      `cannot join as "${name}": ${why} Check the places and the network's conditions, or open the page by page.goto where it should not join.`,
    )
  }

  async function held(): ReturnType<OwnedPlayer['held']> {
    const { creates, ...tree } = await door.call('tree')
    return { ...tree, creates: fromPortable(creates) as readonly Create[] }
  }

  return {
    name,
    time: host.isVirtual ? 'virtual' : 'real',
    context,
    page,
    door,
    get placeName() {
      return placeName
    },
    get player() {
      const players = placeName === null ? [] : (runningPlace(host, placeName)?.players.getPlayers() ?? [])
      return players.find((player) => player.name === name) ?? null
    },
    network: createPlayerNetwork(host.network, name),
    async open(path) {
      expectAddress(name, path)
      placeName = options.placeOf(path)
      await page.goto(options.addressOf(path))
      await join()
    },
    connection: () => door.call('state'),
    reaches,
    held,
    async tree() {
      const { creates } = await held()
      return createsText(host.place(placeName ?? '').game.definition, creates)
    },
    async read(path) {
      const names = pathNames(path)
      const sight = await door.call('look', names)
      if (sight.kind === 'present') return instanceOfSight(sight)
      throw new TestingError(
        'absent',
        `cannot read "${names.join('.')}": in the replica of "${name}" ${absenceText(sight)} Check the path, or wait with expect(player).toSee.`,
      )
    },
    ...createPlayerActs({ name, door }),
    client: door.client,
  }
}

/** As an unknown value: it may come from plain JavaScript. */
function expectAddress(name: string, path: unknown): void {
  if (typeof path === 'string') return
  throw new TestingError(
    'invalidOption',
    `cannot open ${String(path)} as "${name}": it is no path of a page. Pass one, such as '/race'.`,
  )
}

/** Null where nobody has joined it yet, as when a page's path leads to no place. */
function runningPlace(host: TestHost, placeName: string): Place | null {
  try {
    return host.place(placeName)
  } catch (error) {
    if (error instanceof TestingError && error.code === 'unknownPlace') return null
    throw error
  }
}

function hintFor({ isVirtual }: TestHost): string {
  return isVirtual
    ? 'Time is virtual: move it with world.advance(ms).'
    : 'Check what the test did to the line.'
}
