import { Buffer } from 'node:buffer'
import { decodeDown, decodeUp, type GameDefinition } from '@banyan/protocol'
import type { TraceEntry } from '../trace.ts'
import type { CauseIndex } from './cause-index.ts'
import { createMessageTeller, type MessageWords } from './message-words.ts'
import { createPlayerView } from './player-view.ts'

/** A recorded frame. */
export type FrameEntry = TraceEntry & { readonly kind: 'frame' }

/** Puts a frame into words, and tells whether it belongs to the heartbeat. */
export type FrameReader = (entry: FrameEntry) => MessageWords & { readonly isPing: boolean }

/** For the frames of one player: each one once, in their order, since it keeps what the player has. */
export function createFrameReader(definition: GameDefinition, causes: CauseIndex): FrameReader {
  const view = createPlayerView(definition, causes)
  const teller = createMessageTeller(view)

  function upWords(frame: Uint8Array): ReturnType<FrameReader> {
    const decoded = decodeUp(frame, { maxBytes: Infinity })
    if (!decoded.ok) return unreadable(frame, decoded.problem)
    return { ...teller.up(decoded.value), isPing: decoded.value.kind === 'ping' }
  }

  function downWords(frame: Uint8Array, { fate, line }: FrameEntry): ReturnType<FrameReader> {
    const decoded = decodeDown(definition, frame)
    if (!decoded.ok) return unreadable(frame, decoded.problem)
    const { value } = decoded
    // What was lost changed nothing.
    const changes = fate === 'arrived' ? view.take(line, value) : []
    return { ...teller.down(value, changes), isPing: value.kind === 'pong' }
  }

  return (entry) => {
    const frame = new Uint8Array(Buffer.from(entry.frame, 'base64'))
    return entry.direction === 'up' ? upWords(frame) : downWords(frame, entry)
  }
}

function unreadable({ length }: Uint8Array, problem: string): ReturnType<FrameReader> {
  return { title: `${length} bytes that are no message: ${problem}`, details: [], isPing: false }
}
