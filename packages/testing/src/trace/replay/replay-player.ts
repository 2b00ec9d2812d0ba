import { Buffer } from 'node:buffer'
import { type Client, createClient, createMemoryStorage } from '@banyan/client'
import {
  createSeededRandom,
  decodeDown,
  decodeUp,
  encodePong,
  type GameDefinition,
  type ManualClock,
} from '@banyan/protocol'
import { createLineFilter } from '../line-filter.ts'
import type { TraceEntry } from '../trace.ts'
import { createReplayPage } from './replay-page.ts'
import { createReplayTransport } from './replay-transport.ts'

/** A client that hears what one player's client heard. */
export interface ReplayPlayer {
  readonly client: Client
  /** What the client wrote to its log. */
  readonly logged: readonly string[]
  take(entry: TraceEntry): void
}

/** The client has not heard anything yet, and nothing that it sends leaves it. */
export function createReplayPlayer(options: {
  readonly definition: GameDefinition
  readonly clock: ManualClock
  readonly player: string
  readonly seed: number
}): ReplayPlayer {
  const { clock, definition, player, seed } = options
  const logged: string[] = []
  const page = createReplayPage()
  const filter = createLineFilter()
  const line = createReplayTransport({ onFrame: answer })
  const client = createClient({
    definition,
    clock,
    page,
    transport: line.transport,
    name: player,
    random: createSeededRandom(seed),
    storage: createMemoryStorage(),
    log: {
      warn: (text) => void logged.push(text),
      error: (text, cause) => void logged.push(`${text}: ${String(cause)}`),
    },
  })

  /** The recorded answers are to another client's pings: without its own, this one would take the line for dead. */
  function answer(frame: Uint8Array): void {
    const decoded = decodeUp(frame)
    if (!decoded.ok || decoded.value.kind !== 'ping') return
    const { clientMs } = decoded.value
    clock.after(0, () => line.deliver(encodePong({ clientMs, serverMs: clock.now() })))
  }

  /** Brings the client onto a new line, whatever it was doing. */
  function reopen(): void {
    line.close('the recorded client opened another line')
    client.connect()
    if (!line.isWanted) page.wake()
    line.open()
  }

  return {
    client,
    logged,
    take(entry) {
      if (entry.kind === 'close' && entry.line === filter.line) return line.close(entry.cause)
      if (entry.kind !== 'frame' || entry.direction !== 'down' || entry.fate !== 'arrived') return
      const frame = new Uint8Array(Buffer.from(entry.frame, 'base64'))
      const decoded = decodeDown(definition, frame)
      const last = filter.line
      if (decoded.ok) {
        if (decoded.value.kind === 'pong' || !filter.takes(entry.line, decoded.value.kind)) return
      } else if (entry.line !== last) return
      if (filter.line !== last) reopen()
      line.deliver(frame)
    },
  }
}
