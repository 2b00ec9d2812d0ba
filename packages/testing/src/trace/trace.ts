import type { Direction, Fate } from '@banyan/protocol'

/** What a trace file says first, so that nothing else is taken for one. */
export const traceFormat = 'banyan-trace'

/** Grows by one whenever a field of a trace changes its meaning. */
export const traceVersion = 1

/** Operations of one commit that have the same cause, each as `operationKeys` names it. */
export interface CausedOperations {
  readonly cause: string
  readonly operations: readonly string[]
}

/** One thing that happened, in the order of the run. Times are those of the recording clock. */
export type TraceEntry =
  | { readonly kind: 'open'; readonly timeMs: number; readonly line: number; readonly player: string | null }
  | {
      readonly kind: 'frame'
      /** When its fate was decided, which for an arrived one is when it arrived. */
      readonly timeMs: number
      readonly sentMs: number
      readonly line: number
      /** Null where the line's hello never came. */
      readonly player: string | null
      readonly direction: Direction
      readonly fate: Fate
      /** The frame's bytes in base64. */
      readonly frame: string
    }
  | {
      readonly kind: 'close'
      readonly timeMs: number
      readonly line: number
      readonly player: string | null
      readonly cause: string
    }
  | {
      readonly kind: 'conditions'
      readonly timeMs: number
      /** Null for everyone's. */
      readonly player: string | null
      readonly conditions: Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'partition' | 'heal' | 'cut' | 'block' | 'clear'
      readonly timeMs: number
      readonly player: string | null
    }
  | {
      readonly kind: 'commit'
      readonly timeMs: number
      readonly seq: number
      readonly causes: readonly CausedOperations[]
    }
  | { readonly kind: 'logged'; readonly timeMs: number; readonly text: string }

/** The messages of a test and all that is needed to play them again, as plain data that JSON carries. */
export interface Trace {
  readonly format: typeof traceFormat
  readonly version: typeof traceVersion
  /** A frame can be read by the same version of the protocol and the same definition only. */
  readonly protocolVersion: number
  readonly definitionHash: string
  readonly seed: number
  readonly startMs: number
  readonly endMs: number
  /** Those who said hello, in the order of their first frame. */
  readonly players: readonly string[]
  /** How many entries the recorder's bound pushed out of the beginning. */
  readonly missing: number
  readonly entries: readonly TraceEntry[]
  /** What failed the test; null when nothing did. */
  readonly error: string | null
}
