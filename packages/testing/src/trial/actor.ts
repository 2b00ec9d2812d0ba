import type { Client } from '@banyan/client'
import { type Instance, NumberValue, type Player } from '@banyan/datamodel'
import { expectConverged, type Witness } from '../oracle/expect-converged.ts'
import type { TestPlace } from '../place/test-place.ts'
import type { TestPlayer } from '../place/test-player.ts'
import { createOverwrites } from './overwrites.ts'
import { createPageLedger, type PageLedger } from './page-ledger.ts'
import { expectNoSecrets } from './secrets.ts'
import type { IsEnrolled } from './sight.ts'
import type { OverwriteStep } from './trial.ts'
import { type PageNumber, trialRemotes } from './trial-game.ts'
import type { TrialCounts } from './trial-report.ts'

/** One player of a trial, with the books of what they said and heard. */
export interface Actor {
  readonly name: string
  readonly seat: TestPlayer
  /** Whether the player means to be in the place; lines may say otherwise. */
  readonly isIn: boolean
  /** The server removed them: a problem, or fine where they left. */
  removed(reason: string | null): void
  /** What the server knows them as; null while it does not. */
  readonly player: Player | null
  join(): void
  leave(): void
  reload(): void
  fireServer(): void
  fireServerUnreliably(): void
  invokeServer(): void
  /** The server fired to this player: to be called before the fire. */
  expectEvent(number: number): void
  /** The server heard one of the remotes. */
  heard(remote: 'said' | 'steered' | 'asked', number: PageNumber): void
  /** Writes over what the server owns, in this page's replica alone. */
  overwrite(thing: Instance | null, step: OverwriteStep): void
  /** To be called again and again: looks at what changes by itself. */
  watch(): void
  /** What is missing once everything has arrived. */
  missing(): readonly string[]
}

export interface ActorOptions {
  readonly place: TestPlace
  readonly seat: TestPlayer
  readonly counts: TrialCounts
  readonly report: (problem: string) => void
  readonly isEnrolled: IsEnrolled
}

/** Where the server writes the number of an event before it fires it. */
const markName = 'TrialMark'

/** A client keeps 64 fires while it has no line; what it says beyond is dropped with a warning. */
const unheardCap = 48

const deadlineMs = 3_600_000

export function createActor({ place, seat, counts, report, isEnrolled }: ActorOptions): Actor {
  const { name } = seat
  const fired: number[] = []
  let page = createPageLedger({ number: 1, fired })
  let isIn = false
  let isNoted = false
  let listened: Client | null = null
  let lastShown = 0
  let overwrites = createOverwrites(seat.client.game)
  /** Leaves that the server has not heard of, or never will. */
  let leaves = 0
  const lastUp = { said: [0, 0], steered: [0, 0], asked: [0, 0] }

  function problem(text: string | null): void {
    if (text !== null) report(`"${name}" ${text}`)
  }

  function listen(): void {
    const { client } = seat
    if (client === listened) return
    listened = client
    overwrites = createOverwrites(client.game)
    client.remote(trialRemotes.trialTold).onClientEvent.connect((number) => {
      counts.heardDown += 1
      problem(page.heardDown(number))
      expectMark(number)
      expectWhole()
    })
    client.remote(trialRemotes.trialShown).onClientEvent.connect((number) => {
      counts.datagrams += 1
      if (number <= lastShown) problem(`heard the unreliable event ${number} after ${lastShown}`)
      lastShown = number
    })
    client.game.observeStructure(expectWholePatch)
    client.onState(() => {
      const { state } = client
      if (state.kind === 'joined') counts[state.status] += 1
      if ((state.kind !== 'closed' && state.kind !== 'outdated') || !isIn || client !== listened) return
      problem(`was closed as ${state.code}: ${state.reason}`)
    })
  }

  /** Handlers see the tree at one commit, whole, and behind all patches of the frame. */
  function expectWhole(): void {
    expectHolding(place.witnesses.filter((witness) => witness.name === name))
  }

  /** The same frame may have more patches for who missed some, and values that were left out. */
  function expectWholePatch(): void {
    const witnesses = place.witnesses.filter((witness) => witness.name === name)
    expectHolding(witnesses.map((witness) => ({ ...witness, owed: null, mayLag: true })))
  }

  function expectHolding(witnesses: readonly Witness[]): void {
    try {
      expectConverged({ witnesses })
      for (const witness of witnesses) expectNoSecrets(witness, isEnrolled)
    } catch (error) {
      report(error instanceof Error ? error.message : String(error))
    }
  }

  /** Every write that came before a fire is there when the fire is heard. */
  function expectMark(number: number): void {
    const mark = seat.client.localPlayer?.backpack?.findFirstChild(markName, NumberValue)
    if (mark === undefined || mark === null || mark.value < number) {
      problem(`heard event ${number} before the write that came before it: found ${mark?.value ?? 'nothing'}`)
    }
  }

  function turnPage(): void {
    page = createPageLedger({ number: page.number + 1, fired })
    isNoted = false
  }

  async function ask(own: PageLedger, number: PageNumber): Promise<void> {
    try {
      const [ofPage, answered] = await seat.client
        .remote(trialRemotes.trialAsked)
        .invokeServer(number, { deadlineMs })
      counts.answers += 1
      if (ofPage !== number[0] || answered !== number[1]) {
        problem(`asked ${number.join('.')} and was answered ${ofPage}.${answered}`)
      }
      own.answered(number[1])
    } catch (error) {
      // Pages that ended are owed no answer.
      if (own === page) problem(`asked ${number.join('.')} and failed: ${String(error)}`)
    }
  }

  return {
    name,
    seat,
    get isIn() {
      return isIn
    },
    get player() {
      return place.server.players.getPlayers().find((player) => player.name === name) ?? null
    },
    join() {
      if (isIn) return
      isIn = true
      if (page.number > 1 || isNoted) turnPage()
      listen()
      seat.client.connect()
    },
    leave() {
      if (!isIn) return
      isIn = false
      leaves += 1
      turnPage()
      seat.client.close()
    },
    reload() {
      if (!isIn) return
      turnPage()
      seat.reopen()
      listen()
    },
    fireServer() {
      if (isIn && page.unheard < unheardCap) {
        seat.client.remote(trialRemotes.trialSaid).fireServer(page.next('said'))
      }
    },
    fireServerUnreliably() {
      if (isIn) seat.client.remote(trialRemotes.trialSteered).fireServer(page.next('steered'))
    },
    invokeServer() {
      if (isIn && page.unheard < unheardCap) void ask(page, page.next('asked'))
    },
    expectEvent(number) {
      const backpack = this.player?.backpack
      if (backpack === null || backpack === undefined) return
      const mark =
        backpack.findFirstChild(markName, NumberValue) ??
        new NumberValue({ name: markName, parent: backpack })
      mark.value = number
      fired.push(number)
    },
    heard(remote, [ofPage, number]) {
      const [lastPage = 0, last = 0] = lastUp[remote]
      lastUp[remote] = [ofPage, number]
      if (remote === 'steered') counts.datagrams += 1
      else counts.heardUp += 1
      if (ofPage < lastPage || (ofPage === lastPage && number <= last)) {
        problem(`was heard by the server: ${remote} ${ofPage}.${number} after ${lastPage}.${last}`)
      }
      if (remote === 'said' && ofPage === page.number) problem(page.heardUp(number))
    },
    removed(reason) {
      // A leave may arrive when the player is back already.
      if (reason !== 'left' || leaves === 0) problem(`was lost within the grace period: ${reason}`)
      leaves -= 1
    },
    overwrite(thing, step) {
      if (thing !== null && overwrites.write(thing, step)) counts.overwrites += 1
    },
    watch() {
      problem(overwrites.problem())
      if (isNoted || !isIn || seat.client.state.kind !== 'joined') return
      isNoted = true
      page.arrived()
    },
    missing: () => (isIn ? page.missing().map((text) => `"${name}" ${text}`) : []),
  }
}
