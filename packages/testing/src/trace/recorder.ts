import { Buffer } from 'node:buffer'
import type { Clock, Patch } from '@banyan/datamodel'
import {
  decodeUp,
  type GameDefinition,
  type Network,
  type NetworkEvent,
  protocolVersion,
} from '@banyan/protocol'
import type { Cause } from '@banyan/server'
import { TestingError } from '../testing-error.ts'
import { causeWords } from './cause-words.ts'
import { causesOf } from './commit-causes.ts'
import { createEntryRing } from './entry-ring.ts'
import { messageLogOf } from './message-log.ts'
import { type Trace, type TraceEntry, traceFormat, traceVersion } from './trace.ts'

/** What a recorder listens to, and what its traces say about the run. */
export interface RecorderOptions {
  readonly network: Pick<Network, 'observe'>
  readonly definition: GameDefinition
  readonly clock: Clock
  readonly seed: number
  /** The place's `causes.of`, asked at each commit; without it a trace holds no causes. */
  readonly causeOf?: (cause: number) => Cause | null
  /** Leaves out the lines that ask for another place, where the network carries several. */
  readonly place?: string
  /** Frames and what is kept beside them; the oldest make room. 64 MiB when left out. */
  readonly maxBytes?: number
}

/** Keeps the messages of one run. */
export interface Recorder {
  /** For the place's option of that name: tells which operation has which cause. */
  readonly onCommit: (patch: Patch) => void
  /** Writes a line of a log in between the messages. */
  readonly addLogged: (text: string) => void
  /** What was recorded so far, with the error that failed the test if one did. Costs a copy. */
  trace(outcome?: { readonly error?: unknown }): Trace
  /** The messages and the conditions in a canonical form, one a line: equal for equal runs, byte for byte. */
  messageLog(): string
  /** Hears nothing from now on; what was recorded stays. */
  readonly stop: () => void
  [Symbol.dispose](): void
}

/** What is kept: frames as they came, which nobody writes to any more. */
export type RecordedEntry = NetworkEvent | Extract<TraceEntry, { kind: 'commit' | 'logged' }>

const defaultMaxBytes = 64 * 1024 * 1024
/** About what an entry takes beside its frame. */
const entryBytes = 96

/** Records from now on, until `stop`. Throws 'invalidOption' for a bound that holds nothing. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { clock, definition, network, seed, maxBytes = defaultMaxBytes } = options
  if (!(maxBytes >= 1024)) {
    throw new TestingError(
      'invalidOption',
      `cannot record with maxBytes ${maxBytes}: it is not a number of at least 1024. Leave it out for 64 MiB.`,
    )
  }
  // A network may tell what went before, such as the line on which a client asked for the place that is recorded.
  let startMs = clock.now()
  const { causeOf = () => null } = options
  const ring = createEntryRing<RecordedEntry>({ maxBytes })
  const playerOfLine = new Map<number, string>()
  const foreignLines = new Set<number>()

  const stop = network.observe((event) => {
    if (event.kind === 'frame' && asksForAnother(event)) foreignLines.add(event.line)
    if (isForeign(event)) return
    startMs = Math.min(startMs, event.timeMs)
    if ('line' in event && event.player !== null) playerOfLine.set(event.line, event.player)
    ring.add(event, entryBytes + (event.kind === 'frame' ? event.frame.length : 0))
  })

  function asksForAnother({ direction, frame }: NetworkEvent & { readonly kind: 'frame' }): boolean {
    if (options.place === undefined || direction === 'down') return false
    const decoded = decodeUp(frame)
    return decoded.ok && decoded.value.kind === 'hello' && decoded.value.place !== options.place
  }

  function isForeign(entry: RecordedEntry): boolean {
    return 'line' in entry && foreignLines.has(entry.line)
  }

  function kept(): readonly RecordedEntry[] {
    return ring
      .entries()
      .filter((entry) => !isForeign(entry))
      .map(named)
  }

  /** The lines opened before anyone said hello on them. */
  function named<Entry extends RecordedEntry>(entry: Entry): Entry {
    if (!('line' in entry) || entry.player !== null) return entry
    return { ...entry, player: playerOfLine.get(entry.line) ?? null }
  }

  return {
    onCommit(patch) {
      const causes = causesOf(patch, (number) => {
        const cause = causeOf(number)
        return cause === null ? null : causeWords(cause, startMs)
      })
      if (causes.length === 0) return
      const operations = causes.reduce((sum, caused) => sum + caused.operations.length, 0)
      const entry = { kind: 'commit', timeMs: clock.now(), seq: patch.seq, causes } as const
      ring.add(entry, entryBytes + 24 * operations)
    },
    addLogged(text) {
      ring.add({ kind: 'logged', timeMs: clock.now(), text }, entryBytes + text.length)
    },
    trace: ({ error = null } = {}) => ({
      format: traceFormat,
      version: traceVersion,
      protocolVersion,
      definitionHash: definition.hash,
      seed,
      startMs,
      endMs: clock.now(),
      players: [...new Set(playerOfLine.values())],
      missing: ring.missing,
      entries: kept().map(toTraceEntry),
      error: error === null ? null : describeError(error),
    }),
    messageLog: () => messageLogOf(kept(), ring.missing),
    stop,
    [Symbol.dispose]: stop,
  }
}

function toTraceEntry(entry: RecordedEntry): TraceEntry {
  if (entry.kind === 'frame') return { ...entry, frame: Buffer.from(entry.frame).toString('base64') }
  return entry.kind === 'conditions' ? { ...entry, conditions: { ...entry.conditions } } : entry
}

/** Without its stack, whose paths are those of one machine. */
function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
