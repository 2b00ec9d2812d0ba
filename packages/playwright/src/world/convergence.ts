import { view } from '@banyan/datamodel'
import { createSystemClock } from '@banyan/protocol'
import { type Difference, differenceText, firstDifference, TestingError } from '@banyan/testing'
import type { TestHost } from '@banyan/testing/host'
import type { OwnedPlayer } from '../player/create-world-player.ts'

const againMs = 20

/** Waits until each player's replica is what the server shows them, and is not behind the moment of the call. */
export async function expectConvergence(
  host: TestHost,
  players: readonly OwnedPlayer[],
  { limitMs = 10_000 }: { readonly limitMs?: number } = {},
): Promise<void> {
  const clock = createSystemClock()
  const endMs = clock.now() + limitMs
  for (const player of players) {
    const { placeName } = player
    if (placeName === null || player.page.isClosed()) continue
    const { seq: wantedSeq } = host.place(placeName).game.snapshot
    for (;;) {
      const problem = await problemOf(host, { player, placeName, wantedSeq })
      if (problem === null) break
      if (clock.now() > endMs) {
        const hint = host.isVirtual
          ? ' Time is virtual: what is on its way comes with world.advance(ms).'
          : ''
        throw new TestingError('diverged', `${problem}${hint}`)
      }
      await new Promise<void>((resolve) => void clock.after(againMs, resolve))
    }
  }
}

interface Question {
  readonly player: OwnedPlayer
  readonly placeName: string
  readonly wantedSeq: number
}

/** Null for a replica that is as it should be, and for a page that the server has turned away. */
async function problemOf(host: TestHost, { player, placeName, wantedSeq }: Question): Promise<string | null> {
  const state = await player.door.call('state')
  if (['closed', 'outdated', 'idle'].includes(state.kind)) return null
  const { seq, playerId, creates } = await player.held()
  const { definition, snapshot } = host.place(placeName).game
  if (state.kind !== 'joined') return `the replica of "${player.name}" is not kept up: it is ${state.kind}.`
  const then = host.snapshotAt(placeName, seq) ?? snapshot
  const wrong = firstDifference(definition, view(then, playerId), creates)
  if (wrong !== null) return textOf(player, `differs from its view at patch ${seq}`, wrong)
  if (seq >= wantedSeq) return null
  // Patches that do not concern a player are not sent to them.
  const missing = firstDifference(definition, view(snapshot, playerId), creates)
  return missing === null
    ? null
    : textOf(player, `is behind: it is at patch ${seq}, the server at ${snapshot.seq}`, missing)
}

function textOf({ name }: OwnedPlayer, how: string, difference: Difference): string {
  return `the replica of "${name}" ${how}:\n${differenceText(difference)}`
}
