import type { NetworkConditions } from './conditions.ts'

/** From the client to the server, or back. */
export type Direction = 'up' | 'down'

/** How a frame's way ended: lost by chance, or cut off by the end of its line. */
export type Fate = 'arrived' | 'lost' | 'cut'

/** A frame whose way ended. Its bytes are shared with their receiver: nobody may write to them. */
export interface FrameEvent {
  readonly kind: 'frame'
  readonly timeMs: number
  readonly sentMs: number
  readonly line: number
  readonly player: string | null
  readonly direction: Direction
  readonly fate: Fate
  readonly frame: Uint8Array
}

/**
 * What a network tells. Lines are numbered from 1 in the order they opened; `player` is null for a line that has not
 * said hello, and where everyone is meant.
 */
export type NetworkEvent =
  | { readonly kind: 'open'; readonly timeMs: number; readonly line: number; readonly player: null }
  | FrameEvent
  /** Once per line: when the other end hears of a close, or at a cut. */
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
      readonly player: string | null
      readonly conditions: NetworkConditions
    }
  | {
      readonly kind: 'partition' | 'heal' | 'cut' | 'block'
      readonly timeMs: number
      readonly player: string
    }
  | { readonly kind: 'clear'; readonly timeMs: number; readonly player: null }
