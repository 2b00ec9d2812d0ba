import {
  type Checksum,
  type Checksums,
  createPlaceChecksums,
  type DataModel,
  rootId,
  viewBelow,
} from '@banyan/datamodel'
import {
  addNews,
  type EncodedNews,
  type EncodedPatch,
  encodePatches,
  encodeSegment,
  type SentinelCall,
} from '@banyan/protocol'
import type { Connection, SentinelQuestion, Session } from '../sessions/session.ts'
import { type DesyncReport, differenceWords, pathOf } from './desync-report.ts'
import { recentPatches } from './recent-patches.ts'
import { createWatch, type Watch } from './watch.ts'

/** How often a place tells its clients what they should hold. */
export interface SentinelOptions {
  /** 150 when left out. */
  readonly everyPatches?: number
}

/** The house's interval: five seconds of a busy place. */
export const defaultEveryPatches = 150

/** Instances that are looked at in one tick while the checksums are new. */
const firstLookInstances = 256

/** A larger part than this is sent as a snapshot, which comes in pieces. */
const subtreeInstanceCap = 2048

/** How far back a report looks. */
const reportPatches = 32

/** Compares what clients hold with what they should, and mends the difference. */
export interface Sentinel {
  /** To be called each tick, behind the commit. Costs nothing while nobody is in the place. */
  look(hasReaders: boolean): void
  /** What to tell a session with its next frame, which shows the last commit; a session that needs everything anew is `snapshot`. */
  newsFor(session: Session, connection: Connection): EncodedNews | 'snapshot' | null
  /** The frame with the news; equal frames with equal news are one. */
  addTo(frame: Uint8Array | null, news: EncodedNews): Uint8Array
  take(session: Session, connection: Connection, call: SentinelCall): void
}

export interface SentinelSettings {
  readonly game: DataModel
  readonly everyPatches: number
  /** What a player was told after a patch, as far as it is kept. */
  readonly patchesAfter: (seq: number, playerId: number) => readonly EncodedPatch[]
  /** Must not throw. */
  readonly desynced: (report: DesyncReport) => void
}

export function createSentinel({ game, everyPatches, patchesAfter, desynced }: SentinelSettings): Sentinel {
  const watches = new WeakMap<Session, Watch>()
  const noPatches = encodePatches([])
  let checksums: Checksums | null = null
  /** Instances of the first look that are left. */
  let unlooked = 0
  /** Frames of the last commit that was told of, until the next tick. */
  let framesSeq = 0
  const frames = new Map<string, { readonly plain: Uint8Array; readonly frame: Uint8Array }>()

  function watchOf(session: Session): Watch {
    let watch = watches.get(session)
    if (watch === undefined) {
      watch = createWatch(game)
      watches.set(session, watch)
    }
    return watch
  }

  function answer(asking: Asking, sums: Checksums): EncodedNews | 'snapshot' | null {
    const { session, call } = asking
    const watch = watchOf(session)
    const { player } = session
    if (call.kind === 'whole') return mendWhole(asking)
    if (!watch.maySpend) return null
    if (call.kind === 'branch') {
      const { question } = call
      const branch = sums.branch(question, { playerId: player.id, form: null })
      watch.spend(branch?.size ?? 1)
      return { kind: 'branch', question, branch }
    }
    const { id } = call
    const top = game.getInstanceById(id)
    const creates = (top === null ? null : viewBelow(game.snapshot, top, player.id)) ?? []
    watch.spend(creates.length + 1)
    if (creates.length > subtreeInstanceCap) return mendWhole(asking)
    return { kind: 'below', id, segment: encodeSegment(game.definition, creates) }
  }

  function mendWhole({ session, connection, call }: Asking): 'snapshot' | null {
    const watch = watchOf(session)
    if (!watch.takeSnapshot()) return null
    report(session, watch.incidentSeq ?? connection.sentSeq, {
      remedy: 'snapshot',
      path: call.kind === 'below' ? pathOf(game, call.id) : null,
      differences: [],
      ids: new Set(),
    })
    watch.incidentSeq = null
    return 'snapshot'
  }

  function report(
    { player }: Session,
    seq: number,
    {
      ids,
      ...found
    }: Pick<DesyncReport, 'remedy' | 'path' | 'differences'> & { readonly ids: ReadonlySet<number> },
  ): void {
    const before = patchesAfter(Math.max(0, seq - reportPatches), player.id).filter(
      (patch) => patch.seq <= seq,
    )
    const patches = recentPatches(before, { definition: game.definition, ids })
    desynced({ player, seq, ...found, patches })
  }

  function takeFound(session: Session, { id, differences }: SentinelCall & { readonly kind: 'found' }): void {
    const watch = watchOf(session)
    const seq = watch.incidentSeq
    if (seq === null) return
    watch.incidentSeq = null
    report(session, seq, {
      remedy: id === 0 ? 'none' : 'subtree',
      path: id === 0 ? null : pathOf(game, id),
      differences: differenceWords(game, differences),
      ids: new Set([id, ...differences.map((difference) => difference.id)]),
    })
  }

  return {
    look(hasReaders) {
      if (frames.size > 0) frames.clear()
      if (!hasReaders) {
        checksums?.close()
        checksums = null
        return
      }
      if (checksums === null) {
        checksums = createPlaceChecksums(game)
        unlooked = game.snapshot.records.size
      }
      if (unlooked <= 0) return
      checksums.refresh(firstLookInstances)
      unlooked -= firstLookInstances
    },
    newsFor(session, connection) {
      if (checksums === null || unlooked > 0) return null
      // It holds older values for the time being, and rightly so.
      if (session.arrears.owedSince !== null) return null
      const { asked: call } = connection
      if (call !== null) {
        connection.asked = null
        return answer({ session, connection, call }, checksums)
      }
      const { seq } = game.snapshot
      if (Math.floor(seq / everyPatches) === Math.floor(connection.checkedSeq / everyPatches)) return null
      connection.checkedSeq = seq
      return { kind: 'checksum', checksum: checksums.of(session.player.id) }
    },
    addTo(told, news) {
      const plain = told ?? noPatches
      if (news.kind !== 'checksum') return addNews(plain, news)
      if (framesSeq !== game.snapshot.seq) frames.clear()
      framesSeq = game.snapshot.seq
      const key = keyOf(news.checksum)
      const known = frames.get(key)
      if (known?.plain === plain) return known.frame
      const frame = addNews(plain, news)
      frames.set(key, { plain, frame })
      return frame
    },
    take(session, connection, call) {
      const watch = watchOf(session)
      if (call.kind === 'found') return takeFound(session, call)
      const goesOn = watch.incidentSeq !== null && !isFirst(call)
      if (!goesOn && !watch.begin(connection.sentSeq)) return
      if (call.kind !== 'lost') {
        connection.asked = call
        return
      }
      report(session, connection.sentSeq, { remedy: 'givenUp', path: null, differences: [], ids: new Set() })
      watch.incidentSeq = null
    },
  }
}

/** A search for what is wrong begins at the root. */
function isFirst(call: SentinelCall): boolean {
  return call.kind === 'branch' && call.question.id === rootId && call.question.level === 0
}

interface Asking {
  readonly session: Session
  readonly connection: Connection
  readonly call: SentinelQuestion
}

function keyOf({ high, low }: Checksum): string {
  return `${high},${low}`
}
