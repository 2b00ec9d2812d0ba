import {
  applyBelow,
  type BranchQuestion,
  type Checksum,
  type Checksums,
  type Clock,
  createReplicaChecksums,
  type DataModel,
  differencesBelow,
  differingParts,
  isSameChecksum,
  rootId,
} from '@banyan/datamodel'
import {
  decodeNews,
  encodeSentinelCall,
  foundDifferencesCap,
  type GameDefinition,
  type SentinelCall,
  type SentinelNews,
} from '@banyan/protocol'
import type { ClientLog } from '../log.ts'
import { type Desync, desyncLine, pathOf } from './desync.ts'

/** Holds the replica against what the server says it should be, and asks for what differs. */
export interface Sentinel {
  /** The patches of its frame are applied. Throws for bad bytes. */
  take(news: Uint8Array): void
  /** The channel is gone, and with it what was asked. */
  pause(): void
  /** The replica is another one, or has been replaced. */
  restart(): void
}

export interface SentinelOptions {
  readonly definition: GameDefinition
  readonly game: DataModel
  readonly clock: Clock
  readonly log: ClientLog
  readonly send: (frame: Uint8Array) => void
  readonly onDesync: (desync: Desync) => void
}

type BranchNews = SentinelNews & { readonly kind: 'branch' }
type BelowNews = SentinelNews & { readonly kind: 'below' }

/** The way to one difference. */
interface Search {
  /** What was asked last, which alone may be answered, and until when. */
  readonly call: SentinelCall
  readonly deadlineMs: number
  readonly questions: number
  readonly mended: number
}

/** More differences side by side than these are mended at their parent. */
const partsCap = 8
const questionsCap = 64
const mendedCap = 4
const answerMs = 10_000
/** Times in a row that parts are mended, then snapshots asked for, until it is no use. */
const searchTries = 3
const snapshotTries = 5
const quietMs = 10_000
const root: BranchQuestion = { id: rootId, level: 0, prefix: 0 }

export function createSentinel(options: SentinelOptions): Sentinel {
  const { definition, game, clock, log, onDesync } = options
  const send = (call: SentinelCall): void => options.send(encodeSentinelCall(call))
  let sums: Checksums | null = null
  let search: Search | null = null
  /** Times that something was wrong since all was well. */
  let tries = 0
  let quietUntilMs = 0

  function ask(call: SentinelCall, mended = search?.mended ?? 0): void {
    const questions = (search?.questions ?? 0) + 1
    search = { call, deadlineMs: clock.now() + answerMs, questions, mended }
    if (search.questions > questionsCap) return askWhole()
    send(call)
  }

  function askWhole(): void {
    const call = { kind: 'whole' } as const
    search = { call, deadlineMs: clock.now() + answerMs, questions: 0, mended: 0 }
    tell({ remedy: 'snapshot', path: null, differences: [] })
    send(call)
  }

  function tell(found: Omit<Desync, 'seq'>): void {
    const desync = { seq: game.stamp.seq, ...found }
    log.warn(desyncLine(desync))
    onDesync(desync)
  }

  function check(told: Checksum): void {
    if (search !== null && clock.now() < search.deadlineMs) return
    search = null
    sums ??= createReplicaChecksums(game)
    if (isSameChecksum(sums.of(null), told)) {
      tries = 0
      quietUntilMs = 0
    } else if (tries <= snapshotTries && clock.now() >= quietUntilMs) begin()
  }

  /** Ever longer apart, so that what cannot be mended costs little. */
  function begin(): void {
    tries += 1
    if (tries > 1) quietUntilMs = clock.now() + quietMs * 2 ** (tries - 2)
    if (tries <= searchTries) return ask({ kind: 'branch', question: root })
    if (tries <= snapshotTries) return askWhole()
    tell({ remedy: 'givenUp', path: null, differences: [] })
    send({ kind: 'lost' })
  }

  function narrow({ question, branch: told }: BranchNews, held: Checksums): void {
    const { id, level, prefix } = question
    const mine = held.branch(question, { playerId: null, form: told?.form ?? null })
    if (told === null && mine === null) return end()
    if (told === null || mine === null || !isSameChecksum(told.own, mine.own))
      return ask({ kind: 'below', id })
    const parts = differingParts(told, mine)
    const [part] = parts
    if (part === undefined) return end()
    if (parts.length > partsCap) return ask({ kind: 'below', id })
    const next =
      told.form === 'groups'
        ? { id, level: level + 1, prefix: prefix + part * 64 ** level }
        : { ...root, id: part }
    const isOnBothSides = told.parts.has(part) && mine.parts.has(part)
    if (told.form === 'groups' || isOnBothSides) ask({ kind: 'branch', question: next })
    else ask({ kind: 'below', id: part })
  }

  /** There is no difference any more. */
  function end(): void {
    const hasMended = search !== null && search.mended > 0
    search = null
    if (hasMended) return
    tell({ remedy: 'none', path: null, differences: [] })
    send({ kind: 'found', id: 0, differences: [] })
  }

  function mend({ id, creates }: BelowNews): void {
    const found = differencesBelow(game, { id, creates, limit: foundDifferencesCap })
    const differences = found.map((difference) => ({ ...difference, path: pathOf(game, difference.id) }))
    const path = pathOf(game, id)
    try {
      applyBelow(game, { id, creates })
    } catch {
      // It does not fit what is around it.
      return askWhole()
    }
    tell({ remedy: 'subtree', path, differences })
    send({
      kind: 'found',
      id,
      differences: found.map((difference) => ({ id: difference.id, field: difference.field })),
    })
    const mended = (search?.mended ?? 0) + 1
    search = null
    // There may be more.
    if (mended < mendedCap) ask({ kind: 'branch', question: root }, mended)
  }

  return {
    take(bytes) {
      const decoded = decodeNews(definition, bytes)
      if (!decoded.ok) throw new Error(decoded.problem)
      const news = decoded.value
      if (news.kind === 'checksum') return check(news.checksum)
      const call = search?.call
      if (news.kind === 'branch') {
        if (call?.kind === 'branch' && sums !== null && isSameQuestion(call.question, news.question))
          narrow(news, sums)
      } else if (call?.kind === 'below' && call.id === news.id) mend(news)
    },
    pause() {
      search = null
    },
    restart() {
      search = null
      tries = 0
      quietUntilMs = 0
    },
  }
}

function isSameQuestion(one: BranchQuestion, other: BranchQuestion): boolean {
  return one.id === other.id && one.level === other.level && one.prefix === other.prefix
}
