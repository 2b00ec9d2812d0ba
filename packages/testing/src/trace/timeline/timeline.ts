import type { GameDefinition } from '@banyan/protocol'
import { expectOwnDefinition } from '../definition-check.ts'
import type { Trace, TraceEntry } from '../trace.ts'
import { createCauseIndex } from './cause-index.ts'
import { createFrameReader, type FrameEntry, type FrameReader } from './frame-words.ts'
import type { MessageWords } from './message-words.ts'
import { expectTimelineOptions, type TimelineOptions } from './timeline-options.ts'
import { createTimelineRows, timeWords } from './timeline-rows.ts'
import { valueWords } from './value-words.ts'

/**
 * The run as lines to read: time, direction, player, message, then each change with its cause. Costs the whole trace,
 * whatever part is printed. Throws 'otherDefinition', and
 * 'unknownPlayer' for who is not in it.
 */
export function timeline(trace: Trace, definition: GameDefinition, options: TimelineOptions = {}): string {
  expectOwnDefinition(trace, definition, 'print')
  expectTimelineOptions(options, trace)
  const causes = createCauseIndex()
  const readers = new Map<string | null, FrameReader>()
  const rows = createTimelineRows(trace)

  function addFrame(entry: FrameEntry): void {
    const read = readers.get(entry.player) ?? createFrameReader(definition, causes)
    readers.set(entry.player, read)
    const { isPing, ...words } = read(entry)
    if (!isPing || options.withPings === true) rows.add(entry, words)
  }

  function add(entry: TraceEntry): void {
    switch (entry.kind) {
      case 'open':
        return rows.add(entry, { title: `line ${entry.line} opens`, details: [] })
      case 'close':
        return rows.add(entry, { title: `line ${entry.line} closes: ${entry.cause}`, details: [] })
      case 'conditions':
        return rows.add(entry, { title: `network ${valueWords(entry.conditions)}`, details: [] })
      case 'partition':
      case 'heal':
      case 'cut':
      case 'block':
      case 'clear':
        return rows.add(entry, { title: `network ${entry.kind}`, details: [] })
      case 'logged':
        return rows.add(entry, loggedWords(entry.text))
      case 'frame':
        return addFrame(entry)
      case 'commit':
        return causes.add(entry)
    }
  }

  for (const entry of trace.entries) {
    const isShown =
      options.player === undefined || !('player' in entry) || isFor(entry.player, options.player)
    if (isShown) add(entry)
  }
  return [headWords(trace), ...rows.lines(options), ...footWords(trace)].join('\n')
}

/** A fault is logged with its stack, a line each. */
function loggedWords(text: string): MessageWords {
  const [first = '', ...details] = text.split('\n')
  return { title: `logged: ${first}`, details }
}

function isFor(player: string | null, wanted: string): boolean {
  return player === null || player === wanted
}

function headWords({ players, protocolVersion, seed, startMs, endMs, missing, entries }: Trace): string {
  const who = players.length === 0 ? 'nobody' : players.join(', ')
  const head = `seed ${seed}, ${who}, ${timeWords(endMs - startMs)} ms, protocol ${protocolVersion}`
  if (missing === 0) return head
  const first = entries[0]?.timeMs ?? endMs
  return `${head}\nthe beginning is missing: ${missing} entries before ${timeWords(first - startMs)} ms did not fit`
}

function footWords({ error }: Trace): readonly string[] {
  return error === null ? [] : [`the test failed: ${error}`]
}
