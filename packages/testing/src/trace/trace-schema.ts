import type { CausedOperations, Trace, TraceEntry } from './trace.ts'
import { traceFormat, traceVersion } from './trace.ts'
import {
  base64In,
  choiceIn,
  fieldsOf,
  listIn,
  numberIn,
  TraceFault,
  textIn,
  textOrNullIn,
  wholeIn,
} from './trace-checker.ts'

/** A trace without its entries, which is the first line of its file. */
export type TraceHeader = Omit<Trace, 'entries'> & { readonly count: number }

/** Whether something is the header of a trace of any version. */
export function isTraceHeader(value: unknown): value is { readonly version: unknown } {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === traceFormat
}

/** Throws TraceFault where a field is missing or of another kind. */
export function readHeader(value: unknown): TraceHeader {
  const fields = fieldsOf(value, 'the header')
  return {
    format: traceFormat,
    version: traceVersion,
    protocolVersion: wholeIn(fields, 'protocolVersion'),
    definitionHash: textIn(fields, 'definitionHash'),
    seed: numberIn(fields, 'seed'),
    startMs: numberIn(fields, 'startMs'),
    endMs: numberIn(fields, 'endMs'),
    players: listIn(fields, 'players', asText),
    missing: wholeIn(fields, 'missing'),
    error: textOrNullIn(fields, 'error'),
    count: wholeIn(fields, 'count'),
  }
}

const networkKinds = ['partition', 'heal', 'cut', 'block', 'clear'] as const
const kinds = ['open', 'frame', 'close', 'conditions', ...networkKinds, 'commit', 'logged'] as const

/** Throws TraceFault where a field is missing or of another kind; fields that are not ours are left out. */
export function readEntry(value: unknown): TraceEntry {
  const fields = fieldsOf(value, 'an entry')
  const kind = choiceIn(fields, 'kind', kinds)
  const timeMs = numberIn(fields, 'timeMs')
  switch (kind) {
    case 'open':
      return { kind, timeMs, line: wholeIn(fields, 'line'), player: textOrNullIn(fields, 'player') }
    case 'frame':
      return {
        kind,
        timeMs,
        sentMs: numberIn(fields, 'sentMs'),
        line: wholeIn(fields, 'line'),
        player: textOrNullIn(fields, 'player'),
        direction: choiceIn(fields, 'direction', ['up', 'down']),
        fate: choiceIn(fields, 'fate', ['arrived', 'lost', 'cut']),
        frame: base64In(fields, 'frame'),
      }
    case 'close': {
      const player = textOrNullIn(fields, 'player')
      return { kind, timeMs, line: wholeIn(fields, 'line'), player, cause: textIn(fields, 'cause') }
    }
    case 'conditions': {
      const conditions = fieldsOf(fields['conditions'], '"conditions"')
      return { kind, timeMs, player: textOrNullIn(fields, 'player'), conditions }
    }
    case 'partition':
    case 'heal':
    case 'cut':
    case 'block':
    case 'clear':
      return { kind, timeMs, player: textOrNullIn(fields, 'player') }
    case 'commit':
      return { kind, timeMs, seq: wholeIn(fields, 'seq'), causes: listIn(fields, 'causes', readCaused) }
    case 'logged':
      return { kind, timeMs, text: textIn(fields, 'text') }
  }
}

function readCaused(value: unknown): CausedOperations {
  const fields = fieldsOf(value, 'a cause')
  return { cause: textIn(fields, 'cause'), operations: listIn(fields, 'operations', asText) }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  throw new TraceFault('a list of texts holds something else')
}
