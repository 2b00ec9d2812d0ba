import { Buffer } from 'node:buffer'
import { decodeDown, type GameDefinition } from '@banyan/protocol'
import { TestingError, unknownPlayer } from '../../testing-error.ts'
import { expectOwnDefinition } from '../definition-check.ts'
import type { Trace } from '../trace.ts'

/** Throws where nothing could come of a replay. */
export function expectReplayable(
  trace: Trace,
  { definition, player }: { readonly definition: GameDefinition; readonly player: string },
): void {
  expectOwnDefinition(trace, definition, 'replay')
  if (!trace.players.includes(player)) {
    const advice = 'Pass the name that the recorded player said hello with.'
    throw unknownPlayer(player, { known: trace.players, advice })
  }
  if (trace.missing === 0 || hasSnapshot(trace, { definition, player })) return
  throw new TestingError(
    'invalidTrace',
    `cannot replay "${player}": the beginning of the trace is missing, and no snapshot comes after it. Record with a larger maxBytes.`,
  )
}

/** Without a snapshot there is no tree for the patches to fit. */
function hasSnapshot(
  { entries }: Trace,
  { definition, player }: { readonly definition: GameDefinition; readonly player: string },
): boolean {
  return entries.some((entry) => {
    if (entry.kind !== 'frame' || entry.direction !== 'down' || entry.player !== player) return false
    if (entry.fate !== 'arrived') return false
    const decoded = decodeDown(definition, new Uint8Array(Buffer.from(entry.frame, 'base64')))
    return decoded.ok && decoded.value.kind === 'snapshot'
  })
}
