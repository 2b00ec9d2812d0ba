import { Buffer } from 'node:buffer'
import { decodeDown, decodeUp, type GameDefinition } from '@banyan/protocol'
import type { TraceEntry } from '../trace.ts'
import type { CauseIndex } from './cause-index.ts'
import { createMessageTeller, type MessageWords } from './message-words.ts'
import { createPlayerView } from './player-view.ts'

/** A recorded frame. */
export type FrameEntry = TraceEntry & { readonly kind: 'frame' }

/** Puts the frames of one player into words; each one once, in their order, since it keeps what the player has. */
export function createFrameReader(
  definition: GameDefinition,
  causes: CauseIndex,
): (entry: FrameEntry) => MessageWords {
  const view = createPlayerView(definition, causes)
  const teller = createMessageTeller(view)

  function upWords(frame: Uint8Array): MessageWords {
    const decoded = decodeUp(frame, { maxBytes: Infinity })
    return decoded.ok ? teller.up(decoded.value) : unreadable(frame, decoded.problem)
  }

  function downWords(frame: Uint8Array, { fate, line }: FrameEntry): MessageWords {
    const decoded = decodeDown(definition, frame)
    if (!decoded.ok) return unreadable(frame, decoded.problem)
    const { value } = decoded
    // What was lost changed nothing.
    return teller.down(value, fate === 'arrived' ? view.take(line, value) : [])
  }

  return (entry) => {
    const frame = new Uint8Array(Buffer.from(entry.frame, 'base64'))
    return entry.direction === 'up' ? upWords(frame) : downWords(frame, entry)
  }
}

function unreadable({ length }: Uint8Array, problem: string): MessageWords {
  return { title: `${length} bytes that are no message: ${problem}`, details: [] }
}
